using System.Collections.Immutable;
using AotChat.Generators.Diagnostics;
using AotChat.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AotChat.Generators.Parsing;

/// <summary>Turns a method with <c>[OnJoin]</c>, <c>[OnLeave]</c> or <c>[OnSaid]</c> into a model, or says why it can't.</summary>
internal static class HookParser
{
    private const string OfPlaces = "(CommandContext context) for the chat, (CommandContext context, Room room) for a room";
    private const string OfWords = "(CommandContext context, Room room, string text), the text also as ReadOnlySpan<byte>";

    public static ParseResult<HookModel> Parse(GeneratorAttributeSyntaxContext source, CancellationToken cancellation)
    {
        if (source is not { TargetNode: MethodDeclarationSyntax syntax, TargetSymbol: IMethodSymbol method })
        {
            return MethodSyntax.Refuse<HookModel>(source, Descriptors.HookNotCallable);
        }

        string name = source.Attributes[0].AttributeClass!.Name;
        string happening = name.Substring(0, name.Length - "Attribute".Length);
        Location place = syntax.Identifier.GetLocation();
        ImmutableArray<DiagnosticInfo>.Builder problems = ImmutableArray.CreateBuilder<DiagnosticInfo>();
        if (!method.IsStatic)
        {
            problems.Add(DiagnosticInfo.Create(Descriptors.HookNotStatic, place, method.Name));
        }

        if (MethodSyntax.ObstacleOf(method) is { } obstacle)
        {
            problems.Add(DiagnosticInfo.Create(Descriptors.HookNotCallable, place, method.Name, obstacle));
        }

        if (!HasParametersOf(method, happening) || !MethodSyntax.ReturnsNothingOrValueTask(method))
        {
            problems.Add(DiagnosticInfo.Create(Descriptors.WrongHook, place, happening, happening == "OnSaid" ? OfWords : OfPlaces));
        }

        MethodSyntax.ReportLeaving(syntax, problems, cancellation);
        HookModel? model = problems.Count > 0 ? null : new HookModel(
            happening,
            TypeNames.PathOf(method),
            method.Parameters.Length > 1,
            method.Parameters.Length > 2 && method.Parameters[2].Type.SpecialType == SpecialType.System_String,
            !method.ReturnsVoid,
            SuppressionParser.Parse(method));
        return new(model, new Findings(EquatableArray<NameClaim>.Empty, new(problems.ToImmutable())));
    }

    private static bool HasParametersOf(IMethodSymbol method, string happening)
    {
        ImmutableArray<IParameterSymbol> parameters = method.Parameters;
        int max = happening == "OnSaid" ? 3 : 2;
        int min = happening == "OnSaid" ? 3 : 1;
        return parameters.Length >= min && parameters.Length <= max
            && parameters.All(parameter => parameter is { RefKind: RefKind.None, IsParams: false })
            && parameters[0].Type.Is("CommandContext", "Commands", "AotChat")
            && (parameters.Length < 2 || parameters[1].Type.Is("Room", "Chat", "AotChat"))
            && (parameters.Length < 3 || IsText(parameters[2].Type));
    }

    private static bool IsText(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_String
        || (type.Is("ReadOnlySpan", "System") && ((INamedTypeSymbol)type).TypeArguments[0].SpecialType == SpecialType.System_Byte);
}
