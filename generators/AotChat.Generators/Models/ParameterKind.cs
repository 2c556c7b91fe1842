namespace AotChat.Generators.Models;

/// <summary>What a command's parameter takes from the line.</summary>
internal enum ParameterKind
{
    /// <summary>One word that names somebody online.</summary>
    User,

    /// <summary>One word that names a room.</summary>
    Room,

    /// <summary>One word, or the rest of the line, as text.</summary>
    Text,

    /// <summary>One word, or the rest of the line, as the bytes that arrived.</summary>
    Bytes,

    /// <summary>One word that is a yes or a no.</summary>
    Boolean,

    /// <summary>One word that is a 32-bit integer.</summary>
    Int32,

    /// <summary>One word that is a 64-bit integer.</summary>
    Int64,

    /// <summary>One word that is a number.</summary>
    Double,

    /// <summary>One word that is an integer of any size.</summary>
    BigInteger,

    /// <summary>One word that is a duration.</summary>
    TimeSpan,

    /// <summary>One word that is a moment.</summary>
    DateTimeOffset,

    /// <summary>One word that is an absolute URL.</summary>
    Uri,

    /// <summary>One word that is the name of an enum's member.</summary>
    Enum,

    /// <summary>Nothing: it is the token that says when the caller has gone.</summary>
    Token,
}
