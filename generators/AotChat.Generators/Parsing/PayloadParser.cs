using System.Collections.Immutable;
using System.Globalization;
using AotChat.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AotChat.Generators.Parsing;

/// <summary>
/// Reads how a type crosses the pipe: scalars, arrays of what can cross, and sealed records all of whose state is in
/// their primary constructor. There is no null on the pipe.
/// </summary>
internal static class PayloadParser
{
    // A generic record may hold itself with ever other arguments.
    private const int Deepest = 8;

    private const string Unsupported =
        "use bool, int, long, double, string, byte[], Uri, BigInteger, TimeSpan, DateTimeOffset, an enum, an array or a sealed record of them";

    /// <summary>Reads the type; null, and the reason why, where it can't cross.</summary>
    public static PayloadModel? Parse(ITypeSymbol type, out string reason) => Parse(type, [], out reason);

    private static PayloadModel? Parse(ITypeSymbol type, ImmutableArray<ITypeSymbol> around, out string reason)
    {
        reason = "";
        if (type.NullableAnnotation == NullableAnnotation.Annotated || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            return Fail("there is no null on the pipe", out reason);
        }

        if (around.Length >= Deepest)
        {
            return Fail("it is nested too deeply", out reason);
        }

        return Scalar(type) ?? type switch
        {
            IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte } => Of(PayloadKind.Bytes, "byte[]", sizeof(int)),
            IArrayTypeSymbol { Rank: 1 } array => Array(array, around, out reason),
            INamedTypeSymbol { TypeKind: TypeKind.Enum } choices => Enum(choices),
            INamedTypeSymbol { IsRecord: true } record => Record(record, around, out reason),
            _ => Fail(Unsupported, out reason),
        };
    }

    private static PayloadModel? Scalar(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => Of(PayloadKind.Boolean, "bool", 1),
        SpecialType.System_Int32 => Of(PayloadKind.Int32, "int", sizeof(int)),
        SpecialType.System_Int64 => Of(PayloadKind.Int64, "long", sizeof(long)),
        SpecialType.System_Double => Of(PayloadKind.Double, "double", sizeof(double)),
        SpecialType.System_String => Of(PayloadKind.String, "string", sizeof(int)),
        _ when type.Is("Uri", "System") => Of(PayloadKind.Uri, "Uri", sizeof(int)),
        _ when type.Is("BigInteger", "Numerics", "System") => Of(PayloadKind.BigInteger, "BigInteger", sizeof(int)),
        _ when type.Is("TimeSpan", "System") => Of(PayloadKind.TimeSpan, "TimeSpan", sizeof(long)),
        _ when type.Is("DateTimeOffset", "System") => Of(PayloadKind.DateTimeOffset, "DateTimeOffset", sizeof(long) + sizeof(int)),
        _ => null,
    };

    private static PayloadModel Of(PayloadKind kind, string type, int leastBytes) =>
        new(kind, type, kind.ToString(), type, leastBytes, null, EquatableArray<PayloadMemberModel>.Empty);

    private static PayloadModel? Array(IArrayTypeSymbol type, ImmutableArray<ITypeSymbol> around, out string reason) =>
        Parse(type.ElementType, around.Add(type), out reason) is { } element
            ? new(
                PayloadKind.Array,
                element.Type + "[]",
                element.Label + "Array",
                element.Signature + "[]",
                sizeof(int),
                null,
                new([new PayloadMemberModel("element", element)]))
            : null;

    private static PayloadModel Enum(INamedTypeSymbol type)
    {
        EnumModel choices = EnumParser.Parse(type);
        string members = string.Join(
            ",", choices.Members.Select(member => $"{member.Name}={member.Value.ToString(CultureInfo.InvariantCulture)}"));
        return new(
            PayloadKind.Enum, choices.Type, choices.Name, $"enum {choices.Name}({members})", sizeof(long), choices, EquatableArray<PayloadMemberModel>.Empty);
    }

    private static PayloadModel? Record(INamedTypeSymbol type, ImmutableArray<ITypeSymbol> around, out string reason)
    {
        if (around.Contains(type, SymbolEqualityComparer.Default))
        {
            return Fail("it holds itself", out reason);
        }

        if (type is { IsSealed: false, IsValueType: false })
        {
            return Fail("make the record sealed, so that nothing derived from it is cut short", out reason);
        }

        IMethodSymbol? constructor = PrimaryConstructorOf(type);
        if (constructor?.Parameters.FirstOrDefault(parameter => !IsPositional(type, parameter)) is { } declared)
        {
            return Fail($"{declared.Name}: the record declares it again, and may change its value", out reason);
        }

        if (constructor is null || constructor.Parameters.Length != type.GetMembers().OfType<IFieldSymbol>().Count(field => !field.IsStatic))
        {
            return Fail("the record needs a primary constructor that takes all of its state, and at least one value", out reason);
        }

        ImmutableArray<PayloadMemberModel>.Builder members = ImmutableArray.CreateBuilder<PayloadMemberModel>();
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            if (Parse(parameter.Type, around.Add(type), out reason) is not { } member)
            {
                reason = $"{parameter.Name}: {reason}";
                return null;
            }

            members.Add(new PayloadMemberModel(parameter.Name, member));
        }

        reason = "";
        string signature = string.Join(",", members.Select(member => $"{member.Name}:{member.Payload.Signature}"));
        return new(
            PayloadKind.Record,
            TypeNames.PathOf(type),
            type.Name,
            $"{type.Name}{{{signature}}}",
            members.Sum(member => member.Payload.MinBytes),
            null,
            new(members.ToImmutable()));
    }

    // Its parameters stand behind the record's name, and become properties.
    private static IMethodSymbol? PrimaryConstructorOf(INamedTypeSymbol type) => type.BaseType is { IsRecord: true }
        ? null
        : type.InstanceConstructors.FirstOrDefault(constructor =>
            constructor.Parameters.Length > 0
            && constructor.Parameters.All(parameter => parameter.RefKind == RefKind.None)
            && constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is RecordDeclarationSyntax));

    // What the compiler makes of a parameter is declared by the parameter. What the author declares instead, private or
    // computed, need not have the value that the constructor took, so a copy of the record would differ.
    private static bool IsPositional(INamedTypeSymbol type, IParameterSymbol parameter) => type.GetMembers(parameter.Name)
        .OfType<IPropertySymbol>()
        .Any(property => property.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is ParameterSyntax));

    private static PayloadModel? Fail(string why, out string reason)
    {
        reason = why;
        return null;
    }
}
