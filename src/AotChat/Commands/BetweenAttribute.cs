namespace AotChat.Commands;

/// <summary>
/// Limits a parameter of a command that is a number or a duration, or each of a list of them. Generated code checks it;
/// a call outside is answered with the limit.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class BetweenAttribute : Attribute
{
    /// <summary>Limits an integer. What <see cref="long"/> can't exceed is no limit.</summary>
    public BetweenAttribute(long min, long max)
    {
        Min = min;
        Max = max;
    }

    /// <summary>Limits a <see cref="double"/>. An infinity is no limit.</summary>
    public BetweenAttribute(double min, double max)
    {
        Min = min;
        Max = max;
    }

    /// <summary>Limits a <see cref="TimeSpan"/>: <c>"1s", "1h30m"</c>.</summary>
    public BetweenAttribute(string min, string max)
    {
        Min = min;
        Max = max;
    }

    /// <summary>The smallest value that is accepted.</summary>
    public object Min { get; }

    /// <summary>The largest value that is accepted.</summary>
    public object Max { get; }

    /// <summary>
    /// The whole line that answers a value outside; <c>{limit}</c> in it becomes <c>N must be from 1 to 45</c>.
    /// Default: <c>Invalid NAME parameters: {limit}. Usage: USAGE</c>.
    /// </summary>
    public string? Invalid { get; set; }
}
