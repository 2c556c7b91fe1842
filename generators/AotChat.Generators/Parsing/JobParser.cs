using System.Collections.Immutable;
using AotChat.Generators.Diagnostics;
using AotChat.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AotChat.Generators.Parsing;

/// <summary>Turns a method with <c>[Job]</c> into a model, or says why it can't.</summary>
internal static class JobParser
{
    public const string Attribute = "AotChat.Jobs.JobAttribute";

    private const string AsyncSuffix = "Async";

    public static ParseResult<JobModel> Parse(GeneratorAttributeSyntaxContext source, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (source is not { TargetNode: MethodDeclarationSyntax syntax, TargetSymbol: IMethodSymbol method })
        {
            return MethodSyntax.Refuse<JobModel>(source, Descriptors.JobNotCallable);
        }

        Location nameLocation = syntax.Identifier.GetLocation();
        ImmutableArray<DiagnosticInfo>.Builder problems = ImmutableArray.CreateBuilder<DiagnosticInfo>();
        string name = method.Name.EndsWith(AsyncSuffix, StringComparison.Ordinal) && method.Name.Length > AsyncSuffix.Length
            ? method.Name.Substring(0, method.Name.Length - AsyncSuffix.Length)
            : method.Name;

        if (!method.IsStatic)
        {
            problems.Add(DiagnosticInfo.Create(Descriptors.JobNotStatic, nameLocation, method.Name));
        }

        if (!MethodSyntax.IsCallable(method))
        {
            problems.Add(DiagnosticInfo.Create(Descriptors.JobNotCallable, nameLocation, method.Name));
        }

        PayloadType? result = ResultOf(method.ReturnType, out bool isAsynchronous);
        if (result is null)
        {
            problems.Add(DiagnosticInfo.Create(
                Descriptors.UnsupportedJobResult, syntax.ReturnType.GetLocation(), MethodSyntax.ShortName(method.ReturnType)));
        }

        bool takesToken = method.Parameters.LastOrDefault() is { RefKind: RefKind.None } last
            && last.Type.ToDisplayString() == "System.Threading.CancellationToken";
        ImmutableArray<JobParameterModel>.Builder parameters = ImmutableArray.CreateBuilder<JobParameterModel>();
        for (int i = 0; i < method.Parameters.Length - (takesToken ? 1 : 0); i++)
        {
            IParameterSymbol parameter = method.Parameters[i];
            if (parameter.RefKind == RefKind.None && !parameter.IsParams && PayloadTypeOf(parameter.Type) is { } type)
            {
                parameters.Add(new JobParameterModel(parameter.Name, type));
            }
            else
            {
                problems.Add(DiagnosticInfo.Create(
                    Descriptors.UnsupportedJobParameter,
                    syntax.ParameterList.Parameters[i].Type!.GetLocation(),
                    MethodSyntax.ShortName(parameter.Type)));
            }
        }

        JobModel? model = problems.Count > 0
            ? null
            : new(name, MethodSyntax.PathOf(method), isAsynchronous, takesToken, new(parameters.ToImmutable()), result!.Value, TraitsOf(source.Attributes[0]));
        return new(model, new NameClaim(name, LocationInfo.From(nameLocation)), EquatableArray<NameClaim>.Empty, new(problems.ToImmutable()));
    }

    private static JobTraits TraitsOf(AttributeData attribute)
    {
        TypedConstant lane = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Lane").Value;
        return new(
            AttributeValues.MemberOf(lane) ?? "Cpu",
            attribute.ValueOf("IsIdempotent", true),
            attribute.ValueOf("TimeLimitSeconds", 0),
            attribute.ValueOf("MemoryLimitMiB", 0));
    }

    private static PayloadType? ResultOf(ITypeSymbol type, out bool isAsynchronous)
    {
        isAsynchronous = type is INamedTypeSymbol { IsGenericType: true } generic
            && generic.ConstructedFrom.ToDisplayString() is "System.Threading.Tasks.Task<TResult>" or "System.Threading.Tasks.ValueTask<TResult>";
        return PayloadTypeOf(isAsynchronous ? ((INamedTypeSymbol)type).TypeArguments[0] : type);
    }

    // A nullable type is not one of these: there is no null on the pipe.
    private static PayloadType? PayloadTypeOf(ITypeSymbol type) => type.ToDisplayString() switch
    {
        "bool" => PayloadType.Boolean,
        "int" => PayloadType.Int32,
        "long" => PayloadType.Int64,
        "double" => PayloadType.Double,
        "string" => PayloadType.String,
        "System.Uri" => PayloadType.Uri,
        _ => null,
    };
}
