using System.Collections.Immutable;
using AotChat.Generators.Diagnostics;
using AotChat.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AotChat.Generators.Parsing;

/// <summary>What commands and jobs have in common: they are methods that generated code calls.</summary>
internal static class MethodSyntax
{
    /// <summary>Why code elsewhere in the assembly can't call the method by its name alone; null where it can.</summary>
    public static string? ObstacleOf(IMethodSymbol method)
    {
        List<string> obstacles = [];
        if (AccessOf(method) is { } access)
        {
            obstacles.Add($"it is {access}; make it internal or public");
        }

        if (method.IsGenericMethod)
        {
            obstacles.Add("it is generic; remove its type parameters");
        }

        if (method is { IsStatic: true, IsAbstract: true })
        {
            obstacles.Add("it is abstract; give it a body");
        }
        else if (method is { IsStatic: true, IsVirtual: true })
        {
            obstacles.Add("it is virtual; remove the modifier");
        }

        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            AddObstacles(type, obstacles);
        }

        return obstacles.Count == 0 ? null : string.Join("; ", obstacles);
    }

    /// <summary>Whether a command or a hook may return what the method returns; what is <c>async void</c> nobody could await.</summary>
    public static bool ReturnsNothingOrValueTask(IMethodSymbol method) => method.ReturnsVoid
        ? !method.IsAsync
        : method.ReturnType is INamedTypeSymbol { Arity: 0 } && method.ReturnType.Is("ValueTask", "Tasks", "Threading", "System");

    /// <summary>
    /// Reports where a method leaves the event loop: the code behind such an <c>await</c> runs on another thread, beside the
    /// loop that owns all that it touches.
    /// </summary>
    public static void ReportLeaving(
        MethodDeclarationSyntax syntax, ImmutableArray<DiagnosticInfo>.Builder problems, CancellationToken cancellation)
    {
        // A lambda may run beside the loop on purpose, as the argument of Task.Run.
        IEnumerable<SyntaxNode> own = syntax.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax);
        foreach (InvocationExpressionSyntax call in own.OfType<InvocationExpressionSyntax>())
        {
            cancellation.ThrowIfCancellationRequested();
            SimpleNameSyntax? name = (call.Expression as MemberAccessExpressionSyntax)?.Name ?? (call.Expression as MemberBindingExpressionSyntax)?.Name;
            if (name is { Identifier.ValueText: "ConfigureAwait" }
                && call.ArgumentList.Arguments.Count == 1
                && LeavesLoop(call.ArgumentList.Arguments[0].Expression))
            {
                problems.Add(DiagnosticInfo.Create(
                    Descriptors.LeavesLoop, syntax.SyntaxTree.GetLocation(TextSpan.FromBounds(name.SpanStart, call.Span.End)), syntax.Identifier.ValueText));
            }
        }
    }

    // Of options all do but one: "ConfigureAwaitOptions.None".
    private static bool LeavesLoop(ExpressionSyntax argument) => argument.IsKind(SyntaxKind.FalseLiteralExpression)
        || (argument.ToString() is var text && text.Contains("ConfigureAwaitOptions") && !text.Contains("ContinueOnCapturedContext"));

    /// <summary>The answer to an attribute on what is not a method of a type: a local function, an accessor, an operator.</summary>
    public static ParseResult<T> Refuse<T>(GeneratorAttributeSyntaxContext source, DiagnosticDescriptor notCallable)
        where T : class
    {
        string kind = (source.TargetSymbol as IMethodSymbol)?.MethodKind switch
        {
            MethodKind.LocalFunction => "a local function",
            MethodKind.AnonymousFunction => "a lambda",
            MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove => "an accessor",
            MethodKind.UserDefinedOperator or MethodKind.Conversion => "an operator",
            MethodKind.Destructor => "a finalizer",
            _ => "not a method",
        };
        string name = source.TargetSymbol.Name is { Length: > 0 } given ? given : "=>";
        DiagnosticInfo problem = DiagnosticInfo.Create(
            notCallable, AttributeValues.PlaceOf(source.Attributes[0]), name, $"it is {kind}; make it a method of a type");
        return new(null, new Findings(EquatableArray<NameClaim>.Empty, new([problem])));
    }

    private static void AddObstacles(INamedTypeSymbol type, List<string> obstacles)
    {
        if (type.IsExtension)
        {
            obstacles.Add("it stands in an extension block; move it out of there");
            return;
        }

        string name = TypeNames.ShortName(type);
        if (AccessOf(type) is { } access)
        {
            obstacles.Add($"the type '{name}' around it is {access}; make it internal or public");
        }

        // Without those of the types around it, which are looked at by themselves.
        if (type.Arity > 0)
        {
            obstacles.Add($"the type '{name}' around it is generic; move the method out of it");
        }

        if (type.IsFileLocal)
        {
            obstacles.Add($"the type '{name}' around it is visible in its file only; remove 'file'");
        }
    }

    private static string? AccessOf(ISymbol symbol) => symbol.DeclaredAccessibility switch
    {
        Accessibility.Private => "private",
        Accessibility.Protected => "protected",
        Accessibility.ProtectedAndInternal => "private protected",
        _ => null,
    };
}
