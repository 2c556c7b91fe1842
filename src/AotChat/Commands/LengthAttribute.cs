namespace AotChat.Commands;

/// <summary>
/// Limits how many characters (Unicode scalar values) a parameter of a command has that is text, or each of a list of
/// them. Generated code checks it; a call outside is answered with the limit.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class LengthAttribute : Attribute
{
    /// <summary>Limits it from above.</summary>
    public LengthAttribute(int max) => Max = max;

    /// <summary>Limits it from below and above.</summary>
    public LengthAttribute(int min, int max)
    {
        Min = min;
        Max = max;
    }

    /// <summary>The fewest characters that are accepted.</summary>
    public int Min { get; }

    /// <summary>The most characters that are accepted.</summary>
    public int Max { get; }

    /// <summary>
    /// The whole line that answers a text outside; <c>{limit}</c> in it becomes <c>TEXT must have at most 200 characters</c>.
    /// Default: <c>Invalid NAME parameters: {limit}. Usage: USAGE</c>.
    /// </summary>
    public string? Invalid { get; set; }
}
