namespace AotChat.Generators.Models;

/// <summary>What a command's parameter takes from the line.</summary>
internal enum ParameterKind
{
    /// <summary>One word that names somebody online.</summary>
    User,

    /// <summary>One word that is a 32-bit integer.</summary>
    Int32,

    /// <summary>One word that is an absolute URL.</summary>
    Uri,

    /// <summary>One word, or the rest of the line, as text.</summary>
    Text,

    /// <summary>One word, or the rest of the line, as the bytes that arrived.</summary>
    Bytes,
}
