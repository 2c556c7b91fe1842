namespace AotChat.Generators.Models;

/// <summary>How a type crosses the pipe to a worker; what is no array, enum or record has its own methods on the payload's reader and writer.</summary>
internal enum PayloadKind
{
    Boolean,
    Int32,
    Int64,
    Double,
    String,
    Bytes,
    Uri,
    BigInteger,
    TimeSpan,
    DateTimeOffset,
    Enum,
    Array,
    Record,
}
