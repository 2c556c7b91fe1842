using AotChat.Generators.Models;

namespace AotChat.Generators.Emit;

/// <summary>How the types that cross the pipe are written in C# and on the pipe.</summary>
internal static class PayloadCode
{
    /// <summary>The type's name.</summary>
    public static string TypeOf(PayloadType type) => type switch
    {
        PayloadType.Boolean => "bool",
        PayloadType.Int32 => "int",
        PayloadType.Int64 => "long",
        PayloadType.Double => "double",
        PayloadType.String => "string",
        _ => "global::System.Uri",
    };

    /// <summary>The call that writes a value.</summary>
    public static string Write(PayloadType type, string writer, string value) => $"{writer}.Write{type}({value})";

    /// <summary>The call that reads a value.</summary>
    public static string Read(PayloadType type, string reader) => $"{reader}.Read{type}()";
}
