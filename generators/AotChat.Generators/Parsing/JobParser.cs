using System.Collections.Immutable;
using AotChat.Generators.Diagnostics;
using AotChat.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AotChat.Generators.Parsing;

/// <summary>Turns a method with <c>[Job]</c> into a model, or says why it can't.</summary>
internal static class JobParser
{
    private const string AsyncSuffix = "Async";

    // Arguments of the attribute that are numbers of something, 0 for none.
    private static readonly string[] Limits = ["TimeLimitSeconds", "MemoryLimitMiB"];

    public static ParseResult<JobModel> Parse(GeneratorAttributeSyntaxContext source, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (source is not { TargetNode: MethodDeclarationSyntax syntax, TargetSymbol: IMethodSymbol method })
        {
            return MethodSyntax.Refuse<JobModel>(source, Descriptors.JobNotCallable);
        }

        AttributeData attribute = source.Attributes[0];
        Location nameLocation = syntax.Identifier.GetLocation();
        ImmutableArray<DiagnosticInfo>.Builder problems = ImmutableArray.CreateBuilder<DiagnosticInfo>();
        string path = TypeNames.PathOf(method);
        string name = method.Name.EndsWith(AsyncSuffix, StringComparison.Ordinal) && method.Name.Length > AsyncSuffix.Length
            ? method.Name.Substring(0, method.Name.Length - AsyncSuffix.Length)
            : method.Name;

        if (!method.IsStatic)
        {
            problems.Add(DiagnosticInfo.Create(Descriptors.JobNotStatic, nameLocation, method.Name));
        }

        if (MethodSyntax.ObstacleOf(method) is { } obstacle)
        {
            problems.Add(DiagnosticInfo.Create(Descriptors.JobNotCallable, nameLocation, method.Name, obstacle));
        }

        foreach (string limit in Limits.Where(limit => attribute.ValueOf(limit, 0) < 0))
        {
            problems.Add(DiagnosticInfo.Create(
                Descriptors.BadJobLimit, AttributeValues.ValueOf(attribute, limit, cancellation) ?? nameLocation, limit));
        }

        ITypeSymbol resultType = ResultOf(method.ReturnType, out bool isAsynchronous);
        PayloadModel? result = PayloadParser.Parse(resultType, out string reason);
        if (result is null)
        {
            problems.Add(DiagnosticInfo.Create(
                Descriptors.UnsupportedJobResult, syntax.ReturnType.GetLocation(), TypeNames.ShortName(resultType), reason));
        }

        bool takesToken = method.Parameters.LastOrDefault() is { RefKind: RefKind.None } last
            && last.Type.Is("CancellationToken", "Threading", "System");
        ImmutableArray<PayloadMemberModel> parameters = ParseParameters(
            method.Parameters.Take(method.Parameters.Length - (takesToken ? 1 : 0)), syntax, problems);
        JobModel? model = problems.Count > 0
            ? null
            : new(
                name,
                path,
                isAsynchronous,
                takesToken,
                new(parameters),
                result!,
                TraitsOf(attribute),
                SuppressionParser.AttributesFor(method),
                SuppressionParser.Parse(method));
        return new(model, new Findings(
            new([new NameClaim(name, path, IsAlias: false, LocationInfo.From(nameLocation))]), new(problems.ToImmutable())));
    }

    private static ImmutableArray<PayloadMemberModel> ParseParameters(
        IEnumerable<IParameterSymbol> parameters, MethodDeclarationSyntax syntax, ImmutableArray<DiagnosticInfo>.Builder problems)
    {
        ImmutableArray<PayloadMemberModel>.Builder models = ImmutableArray.CreateBuilder<PayloadMemberModel>();
        foreach (IParameterSymbol parameter in parameters)
        {
            string reason = "pass it by value";
            PayloadModel? payload = parameter is { RefKind: RefKind.None, IsParams: false } ? PayloadParser.Parse(parameter.Type, out reason) : null;
            if (payload is not null)
            {
                models.Add(new PayloadMemberModel(parameter.Name, payload));
            }
            else
            {
                problems.Add(DiagnosticInfo.Create(
                    Descriptors.UnsupportedJobParameter,
                    syntax.ParameterList.Parameters[parameter.Ordinal].Type!.GetLocation(),
                    TypeNames.ShortName(parameter.Type),
                    reason));
            }
        }

        return models.ToImmutable();
    }

    private static JobTraits TraitsOf(AttributeData attribute)
    {
        TypedConstant lane = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Lane").Value;
        return new(
            AttributeValues.MemberOf(lane) ?? "Cpu",
            attribute.ValueOf("IsIdempotent", true),
            attribute.ValueOf(Limits[0], 0),
            attribute.ValueOf(Limits[1], 0));
    }

    private static ITypeSymbol ResultOf(ITypeSymbol type, out bool isAsynchronous)
    {
        isAsynchronous = type is INamedTypeSymbol { Arity: 1 }
            && (type.Is("Task", "Tasks", "Threading", "System") || type.Is("ValueTask", "Tasks", "Threading", "System"));
        return isAsynchronous ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
    }
}
