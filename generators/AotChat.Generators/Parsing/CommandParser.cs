using System.Collections.Immutable;
using AotChat.Generators.Diagnostics;
using AotChat.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AotChat.Generators.Parsing;

/// <summary>Turns a method with <c>[Command]</c> into a model, or says why it can't.</summary>
internal static class CommandParser
{
    private const string DefaultCategory = "General";
    private const int LongestName = 24;

    public static ParseResult<CommandModel> Parse(GeneratorAttributeSyntaxContext source, CancellationToken cancellation)
    {
        if (source is not { TargetNode: MethodDeclarationSyntax syntax, TargetSymbol: IMethodSymbol method })
        {
            return MethodSyntax.Refuse<CommandModel>(source, Descriptors.NotCallable);
        }

        AttributeData attribute = source.Attributes[0];
        string path = TypeNames.PathOf(method);
        ImmutableArray<DiagnosticInfo>.Builder problems = ImmutableArray.CreateBuilder<DiagnosticInfo>();
        ImmutableArray<NameClaim>.Builder claims = ImmutableArray.CreateBuilder<NameClaim>();
        string name = attribute.ConstructorArguments.Length == 1 ? attribute.ConstructorArguments[0].Value as string ?? "" : "";
        Location nameLocation = AttributeValues.FirstArgumentOf(attribute, cancellation) ?? syntax.Identifier.GetLocation();
        Claim(name, nameLocation, isAlias: false);
        IReadOnlyList<string> aliases = attribute.StringsOf("Aliases");
        if (aliases.Count > 0)
        {
            Location aliasesLocation = AttributeValues.ValueOf(attribute, "Aliases", cancellation) ?? nameLocation;
            IReadOnlyList<Location> places = AttributeValues.ElementsOf(attribute, "Aliases", cancellation);
            for (int i = 0; i < aliases.Count; i++)
            {
                Claim(aliases[i], i < places.Count ? places[i] : aliasesLocation, isAlias: true);
            }
        }

        ReportShape(method, syntax, problems);
        MethodSyntax.ReportLeaving(syntax, problems, cancellation);
        LineText.Report(attribute, problems, cancellation);
        ImmutableArray<ParameterModel> parameters = ParseParameters(method, syntax, problems, cancellation);
        if (problems.Count > 0)
        {
            return Result(null);
        }

        string? usage = attribute.ValueOf<string?>("Usage", null);
        if (usage is not null)
        {
            parameters = UsageWords.Name(parameters, name, usage);
        }

        string summary = attribute.ValueOf<string?>("Help", null) ?? DocumentationText.SummaryOf(syntax);
        if (summary.Length == 0)
        {
            problems.Add(DiagnosticInfo.Create(Descriptors.NoSummary, syntax.Identifier.GetLocation(), method.Name));
        }

        return Result(new CommandModel(
            name,
            new([.. aliases]),
            path,
            !method.ReturnsVoid,
            new(parameters),
            usage ?? UsageOf(name, parameters),
            summary,
            attribute.ValueOf("Category", DefaultCategory),
            LevelOf(method),
            attribute.ValueOf<string?>("Example", null),
            attribute.ValueOf("IsPrivate", false),
            attribute.ValueOf<string?>("Invalid", null),
            SuppressionParser.Parse(method)));

        void Claim(string wanted, Location place, bool isAlias)
        {
            if (isAlias ? IsAlias(wanted) : IsName(wanted))
            {
                claims.Add(new NameClaim(wanted, path, isAlias, LocationInfo.From(place)));
            }
            else
            {
                problems.Add(DiagnosticInfo.Create(Descriptors.BadName, place, wanted));
            }
        }

        ParseResult<CommandModel> Result(CommandModel? model) =>
            new(model, new Findings(new(claims.ToImmutable()), new(problems.ToImmutable())));
    }

    private static void ReportShape(IMethodSymbol method, MethodDeclarationSyntax syntax, ImmutableArray<DiagnosticInfo>.Builder problems)
    {
        if (!method.IsStatic)
        {
            problems.Add(DiagnosticInfo.Create(Descriptors.CommandNotStatic, syntax.Identifier.GetLocation(), method.Name));
        }

        if (MethodSyntax.ObstacleOf(method) is { } obstacle)
        {
            problems.Add(DiagnosticInfo.Create(Descriptors.NotCallable, syntax.Identifier.GetLocation(), method.Name, obstacle));
        }

        if (method is { ReturnsVoid: true, IsAsync: true })
        {
            problems.Add(DiagnosticInfo.Create(Descriptors.AsyncVoid, syntax.ReturnType.GetLocation(), method.Name));
        }
        else if (!MethodSyntax.ReturnsNothingOrValueTask(method))
        {
            problems.Add(DiagnosticInfo.Create(
                Descriptors.UnsupportedReturn, syntax.ReturnType.GetLocation(), TypeNames.ShortName(method.ReturnType)));
        }
    }

    private static ImmutableArray<ParameterModel> ParseParameters(
        IMethodSymbol method, MethodDeclarationSyntax syntax, ImmutableArray<DiagnosticInfo>.Builder problems, CancellationToken cancellation)
    {
        if (method.Parameters.FirstOrDefault() is { RefKind: RefKind.None } first && first.Type.Is("CommandContext", "Commands", "AotChat"))
        {
            return new ParameterParser(method, syntax, problems, cancellation).Parse();
        }

        Location location = syntax.ParameterList.Parameters.FirstOrDefault()?.Type?.GetLocation() ?? syntax.Identifier.GetLocation();
        problems.Add(DiagnosticInfo.Create(Descriptors.WrongFirstParameter, location, method.Name));
        return [];
    }

    private static string? LevelOf(IMethodSymbol method)
    {
        AttributeData? requires = TypeNames.CommandAttributeOf(method, "RequiresAttribute");
        if (requires is not { ConstructorArguments: { Length: 1 } arguments } || arguments[0].Kind != TypedConstantKind.Enum)
        {
            return null;
        }

        // What has no name is required all the same: nobody may call more than the author meant.
        return AttributeValues.MemberOf(arguments[0]) switch
        {
            "Everyone" => null,
            { } level => $"UserLevel.{level}",
            null => $"(UserLevel)({arguments[0].Value})",
        };
    }

    private static string UsageOf(string name, ImmutableArray<ParameterModel> parameters) =>
        string.Join(" ", parameters.Where(parameter => parameter.IsGrammar).Select(WordOf).Prepend(name));

    private static string WordOf(ParameterModel parameter) =>
        parameter.Arity == Arity.List ? $"[{parameter.Word}...]" : parameter.IsOptional ? $"[{parameter.Word}]" : parameter.Word;

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && name[0] is >= 'a' and <= 'z' && name.All(IsNameLetter);

    // A name, or what users of other programs type out of habit: "?" and ":q".
    private static bool IsAlias(string alias) =>
        IsName(alias)
        || alias == "?"
        || (alias.Length is > 1 and <= LongestName && alias[0] == ':' && alias.Skip(1).All(IsNameLetter));

    private static bool IsNameLetter(char letter) => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-';
}
