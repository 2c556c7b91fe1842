using Microsoft.CodeAnalysis;

namespace AotChat.Generators.Parsing;

/// <summary>Says what a command's parameter can be in place of what a line can't give.</summary>
internal static class ParameterAdvice
{
    private const string List = "make a list the last parameter, 'params T[]'";

    public static string For(IParameterSymbol parameter)
    {
        if (parameter.RefKind != RefKind.None)
        {
            return "pass it by value, without 'ref', 'in' or 'out'";
        }

        ITypeSymbol type = parameter is { IsParams: true, Type: IArrayTypeSymbol { Rank: 1 } list } ? list.ElementType : parameter.Type;
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            type = ((INamedTypeSymbol)type).TypeArguments[0];
        }

        return type.SpecialType switch
        {
            SpecialType.System_Single or SpecialType.System_Decimal => "use double",
            SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16 => "use int; [Between] limits it",
            SpecialType.System_UInt32 or SpecialType.System_IntPtr or SpecialType.System_UIntPtr => "use long; [Between] limits it",
            SpecialType.System_UInt64 => "use BigInteger; [Between] limits it",
            SpecialType.System_Char => "use string; [Length(1, 1)] limits it",
            SpecialType.System_DateTime => "use DateTimeOffset",
            _ => ForOther(type),
        };
    }

    private static string ForOther(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte } => "use ReadOnlySpan<byte>",
        INamedTypeSymbol { Name: "Memory" or "ReadOnlyMemory" or "Span", Arity: 1 } span
            when span.TypeArguments[0].SpecialType == SpecialType.System_Byte => "use ReadOnlySpan<byte>",
        IArrayTypeSymbol => List,
        INamedTypeSymbol { Name: "ReadOnlySpan" } => List,
        _ when type.Is("CancellationToken", "Threading", "System") => "use CancellationToken",
        _ when type.Is("CommandContext", "Commands", "AotChat") => "the context comes once, first",
        _ when type.Is("Half", "System") => "use double",
        _ when type.Is("Int128", "System") || type.Is("UInt128", "System") => "use BigInteger; [Between] limits it",
        _ when type.Is("DateOnly", "System") => "use DateTimeOffset",
        _ when type.Is("TimeOnly", "System") => "use TimeSpan",
        _ when IsSequence(type) => List,
        _ => "use User, Room, string, ReadOnlySpan<byte>, bool, int, long, double, BigInteger, TimeSpan, DateTimeOffset, Uri or an enum",
    };

    private static bool IsSequence(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_Collections_IEnumerable
        || type.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_Collections_IEnumerable);
}
