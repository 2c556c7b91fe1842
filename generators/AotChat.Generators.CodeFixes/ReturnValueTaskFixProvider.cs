using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace AotChat.Generators.CodeFixes;

/// <summary>Lets an asynchronous command be awaited.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReturnValueTaskFixProvider)), Shared]
public sealed class ReturnValueTaskFixProvider : MethodFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["CHAT014"];

    /// <inheritdoc/>
    protected override string TitleOf(string method) => $"Let '{method}' return ValueTask";

    /// <inheritdoc/>
    protected override MethodDeclarationSyntax Mend(MethodDeclarationSyntax method) => method.WithReturnType(
        SyntaxFactory.ParseTypeName("global::System.Threading.Tasks.ValueTask")
            .WithTriviaFrom(method.ReturnType)
            .WithAdditionalAnnotations(Simplifier.Annotation));
}
