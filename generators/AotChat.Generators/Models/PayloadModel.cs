namespace AotChat.Generators.Models;

/// <summary>A type that crosses the pipe to a worker.</summary>
/// <param name="Kind">How.</param>
/// <param name="Type">The type as C#.</param>
/// <param name="Label">What its codec is called.</param>
/// <param name="Signature">Everything that both ends must agree upon, members and their order included.</param>
/// <param name="MinBytes">The fewest bytes that a value takes: what bounds the length of an array that is read.</param>
/// <param name="Choices">The enum, where it is one.</param>
/// <param name="Members">The element of an array, the members of a record.</param>
internal sealed record PayloadModel(
    PayloadKind Kind,
    string Type,
    string Label,
    string Signature,
    int MinBytes,
    EnumModel? Choices,
    EquatableArray<PayloadMemberModel> Members)
{
    /// <summary>Whether it has a codec of its own.</summary>
    public bool IsComposed => Kind is PayloadKind.Enum or PayloadKind.Array or PayloadKind.Record;
}
