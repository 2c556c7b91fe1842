namespace AotChat.Generators.Models;

/// <summary>The types that cross the pipe to a worker; each has a pair of methods on the payload's reader and writer.</summary>
internal enum PayloadType
{
    Boolean,
    Int32,
    Int64,
    Double,
    String,
    Uri,
}
