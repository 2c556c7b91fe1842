using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AotChat.Generators.Parsing;

/// <summary>Reads what an attribute says, and where it says it.</summary>
internal static class AttributeValues
{
    /// <summary>The value of a named argument; the default where it is not given.</summary>
    public static T ValueOf<T>(this AttributeData attribute, string name, T otherwise) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value is { Kind: TypedConstantKind.Primitive, Value: T value }
            ? value
            : otherwise;

    /// <summary>The strings of a named array argument.</summary>
    public static IReadOnlyList<string> StringsOf(this AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value is { Kind: TypedConstantKind.Array, IsNull: false } array
            ? [.. array.Values.Select(value => value.Value as string ?? "")]
            : [];

    /// <summary>The member of an enum that a constant stands for; null where it is none of them.</summary>
    public static string? MemberOf(TypedConstant constant) => constant.Kind != TypedConstantKind.Enum
        ? null
        : constant.Type!.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, constant.Value))?.Name;

    /// <summary>Where the first argument of an attribute stands.</summary>
    public static Location? FirstArgumentOf(AttributeData attribute, CancellationToken cancellation) =>
        ArgumentsOf(attribute, cancellation).FirstOrDefault()?.GetLocation();

    /// <summary>Where the attribute stands.</summary>
    public static Location PlaceOf(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation() ?? Location.None;

    /// <summary>Where the value of a named argument stands.</summary>
    public static Location? ValueOf(AttributeData attribute, string name, CancellationToken cancellation) =>
        ExpressionOf(attribute, name, cancellation)?.GetLocation();

    /// <summary>Where each element of a named array argument stands, as far as they are written one by one.</summary>
    public static IReadOnlyList<Location> ElementsOf(AttributeData attribute, string name, CancellationToken cancellation)
    {
        return ExpressionOf(attribute, name, cancellation) switch
        {
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions.Select(element => element.GetLocation())],
            ImplicitArrayCreationExpressionSyntax array => [.. array.Initializer.Expressions.Select(element => element.GetLocation())],
            CollectionExpressionSyntax collection => [.. collection.Elements.Select(element => element.GetLocation())],
            _ => [],
        };
    }

    private static ExpressionSyntax? ExpressionOf(AttributeData attribute, string name, CancellationToken cancellation) =>
        ArgumentsOf(attribute, cancellation).FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name)?.Expression;

    private static SeparatedSyntaxList<AttributeArgumentSyntax> ArgumentsOf(AttributeData attribute, CancellationToken cancellation) =>
        (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax)?.ArgumentList?.Arguments ?? default;
}
