using System.Collections.Immutable;
using AotChat.Generators.Diagnostics;
using AotChat.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AotChat.Generators.Parsing;

/// <summary>Turns a method with <c>[Command]</c> into a model, or says why it can't.</summary>
internal static class CommandParser
{
    public const string Attribute = "AotChat.Commands.CommandAttribute";

    private const string Context = "AotChat.Commands.CommandContext";
    private const string Rest = "AotChat.Commands.RestAttribute";
    private const string Requires = "AotChat.Commands.RequiresAttribute";
    private const string Everyone = "Everyone";
    private const string DefaultCategory = "General";
    private const int LongestName = 24;

    public static ParseResult<CommandModel> Parse(GeneratorAttributeSyntaxContext source, CancellationToken cancellation)
    {
        if (source is not { TargetNode: MethodDeclarationSyntax syntax, TargetSymbol: IMethodSymbol method })
        {
            return MethodSyntax.Refuse<CommandModel>(source, Descriptors.NotCallable);
        }

        AttributeData attribute = source.Attributes[0];
        ImmutableArray<DiagnosticInfo>.Builder problems = ImmutableArray.CreateBuilder<DiagnosticInfo>();

        string name = attribute.ConstructorArguments.Length == 1 ? attribute.ConstructorArguments[0].Value as string ?? "" : "";
        Location nameLocation = AttributeValues.FirstArgumentOf(attribute, cancellation) ?? syntax.Identifier.GetLocation();
        if (!IsName(name))
        {
            problems.Add(DiagnosticInfo.Create(Descriptors.BadName, nameLocation, name));
        }

        ImmutableArray<NameClaim> aliases = ParseAliases(attribute, nameLocation, problems, cancellation);
        if (!method.IsStatic)
        {
            problems.Add(DiagnosticInfo.Create(Descriptors.CommandNotStatic, syntax.Identifier.GetLocation(), method.Name));
        }

        if (!MethodSyntax.IsCallable(method))
        {
            problems.Add(DiagnosticInfo.Create(Descriptors.NotCallable, syntax.Identifier.GetLocation(), method.Name));
        }

        bool isAsynchronous = method.ReturnType.ToDisplayString() == "System.Threading.Tasks.ValueTask";
        if (!isAsynchronous && (!method.ReturnsVoid || method.IsAsync))
        {
            problems.Add(DiagnosticInfo.Create(
                Descriptors.UnsupportedReturn,
                syntax.ReturnType.GetLocation(),
                method.IsAsync && method.ReturnsVoid ? "async void" : MethodSyntax.ShortName(method.ReturnType)));
        }

        ImmutableArray<ParameterModel> parameters = ParseParameters(method, syntax, problems);
        if (problems.Count > 0)
        {
            return Result(null);
        }

        string summary = attribute.ValueOf<string?>("Help", null) ?? DocumentationText.SummaryOf(syntax);
        if (summary.Length == 0)
        {
            problems.Add(DiagnosticInfo.Create(Descriptors.NoSummary, syntax.Identifier.GetLocation(), method.Name));
        }

        string usage = attribute.ValueOf<string?>("Usage", null) ?? UsageOf(name, parameters);
        return Result(new CommandModel(
            name,
            new([.. aliases.Select(alias => alias.Name)]),
            MethodSyntax.PathOf(method),
            isAsynchronous,
            new(parameters),
            usage,
            summary,
            attribute.ValueOf("Category", DefaultCategory),
            LevelOf(method),
            attribute.ValueOf<string?>("Example", null),
            attribute.ValueOf("IsPrivate", false),
            attribute.ValueOf<string?>("Invalid", null) ?? $"Invalid {name} parameters. Usage: {usage}"));

        ParseResult<CommandModel> Result(CommandModel? model) =>
            new(
                model,
                IsName(name) ? new NameClaim(name, LocationInfo.From(nameLocation)) : null,
                new(aliases),
                new(problems.ToImmutable()));
    }

    private static ImmutableArray<NameClaim> ParseAliases(
        AttributeData attribute, Location nameLocation, ImmutableArray<DiagnosticInfo>.Builder problems, CancellationToken cancellation)
    {
        IReadOnlyList<string> names = attribute.StringsOf("Aliases");
        IReadOnlyList<Location> places = AttributeValues.ElementsOf(attribute, "Aliases", cancellation);
        ImmutableArray<NameClaim>.Builder aliases = ImmutableArray.CreateBuilder<NameClaim>();
        for (int i = 0; i < names.Count; i++)
        {
            Location place = i < places.Count ? places[i] : nameLocation;
            if (IsName(names[i]))
            {
                aliases.Add(new NameClaim(names[i], LocationInfo.From(place)));
            }
            else
            {
                problems.Add(DiagnosticInfo.Create(Descriptors.BadName, place, names[i]));
            }
        }

        return aliases.ToImmutable();
    }

    private static string LevelOf(IMethodSymbol method)
    {
        AttributeData? requires = method.GetAttributes().FirstOrDefault(data => data.AttributeClass?.ToDisplayString() == Requires);
        return requires is { ConstructorArguments.Length: 1 } ? AttributeValues.MemberOf(requires.ConstructorArguments[0]) ?? Everyone : Everyone;
    }

    private static ImmutableArray<ParameterModel> ParseParameters(
        IMethodSymbol method, MethodDeclarationSyntax syntax, ImmutableArray<DiagnosticInfo>.Builder problems)
    {
        IParameterSymbol? first = method.Parameters.FirstOrDefault();
        if (first is null || first.RefKind != RefKind.None || first.Type.ToDisplayString() != Context)
        {
            Location location = syntax.ParameterList.Parameters.FirstOrDefault()?.Type?.GetLocation() ?? syntax.Identifier.GetLocation();
            problems.Add(DiagnosticInfo.Create(Descriptors.WrongFirstParameter, location, method.Name));
            return [];
        }

        ImmutableArray<ParameterModel>.Builder parameters = ImmutableArray.CreateBuilder<ParameterModel>();
        for (int i = 1; i < method.Parameters.Length; i++)
        {
            IParameterSymbol parameter = method.Parameters[i];
            ParameterSyntax declared = syntax.ParameterList.Parameters[i];
            if (parameter.RefKind != RefKind.None || parameter.IsParams || KindOf(parameter.Type, out bool isNullable) is not { } kind)
            {
                problems.Add(DiagnosticInfo.Create(
                    Descriptors.UnsupportedParameter, declared.Type!.GetLocation(), MethodSyntax.ShortName(parameter.Type)));
                continue;
            }

            AttributeData? rest = parameter.GetAttributes().FirstOrDefault(data => data.AttributeClass?.ToDisplayString() == Rest);
            bool isText = kind is ParameterKind.Text or ParameterKind.Bytes;
            if (rest is not null && (!isText || i < method.Parameters.Length - 1))
            {
                problems.Add(DiagnosticInfo.Create(
                    Descriptors.MisplacedRest, rest.ApplicationSyntaxReference!.GetSyntax().GetLocation()));
            }

            if (!parameter.HasExplicitDefaultValue && parameters.Count > 0 && parameters[parameters.Count - 1].Default is not null)
            {
                problems.Add(DiagnosticInfo.Create(Descriptors.RequiredAfterOptional, declared.Identifier.GetLocation(), parameter.Name));
            }

            parameters.Add(new ParameterModel(parameter.Name, kind, rest is not null, isNullable, DefaultOf(parameter)));
        }

        return parameters.ToImmutable();
    }

    private static ParameterKind? KindOf(ITypeSymbol type, out bool isNullable)
    {
        isNullable = false;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            isNullable = true;
            type = nullable.TypeArguments[0];
        }

        return type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString() switch
        {
            "AotChat.Chat.User" => ParameterKind.User,
            "int" => ParameterKind.Int32,
            "System.Uri" => ParameterKind.Uri,
            "string" => ParameterKind.Text,
            "System.ReadOnlySpan<byte>" => ParameterKind.Bytes,
            _ => null,
        };
    }

    private static string? DefaultOf(IParameterSymbol parameter) => !parameter.HasExplicitDefaultValue
        ? null
        : parameter.ExplicitDefaultValue switch
        {
            // A parameter that takes no null by its type, but says "= null!", shall have it without a warning.
            null when parameter.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated } => "default!",
            null => "default",
            string text => SymbolDisplay.FormatLiteral(text, quote: true),
            object other => SymbolDisplay.FormatPrimitive(other, quoteStrings: true, useHexadecimalNumbers: false),
        };

    private static string UsageOf(string name, ImmutableArray<ParameterModel> parameters)
    {
        bool oneUser = parameters.Count(parameter => parameter.Kind == ParameterKind.User) == 1;
        IEnumerable<string> words = parameters.Select(parameter =>
        {
            string word = parameter.Kind switch
            {
                ParameterKind.User when oneUser => "USER",
                ParameterKind.Uri => "URL",
                _ => parameter.Name.ToUpperInvariant(),
            };
            return parameter.Default is null ? word : $"[{word}]";
        });
        return string.Join(" ", new[] { name }.Concat(words));
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName
        && name[0] is >= 'a' and <= 'z'
        && name.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
