using System.Diagnostics.CodeAnalysis;

namespace AotChat.Configuration;

/// <summary>An entry of the option <c>require</c>: <c>broadcast=registered</c>.</summary>
/// <param name="Command">A name of the command, as it was written.</param>
/// <param name="Level">One of the words below.</param>
internal sealed record CommandRequirement(string Command, string Level)
{
    /// <summary>Anybody may call it.</summary>
    public const string Everyone = "everyone";

    /// <summary>Registered users and operators may call it.</summary>
    public const string Registered = "registered";

    /// <summary>Operators may call it.</summary>
    public const string Operator = "operator";

    private const string None = "none";

    /// <summary>Reads a list; <c>none</c> stands for nothing. What the commands are called is for others to say.</summary>
    public static bool TryParseList(string text, [NotNullWhen(true)] out CommandRequirement[]? requirements)
    {
        requirements = null;
        if (text == None)
        {
            requirements = [];
            return true;
        }

        List<CommandRequirement> read = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                return false;
            }

            string level = part[(equals + 1)..].Trim().ToLowerInvariant();
            if (level is not (Everyone or Registered or Operator))
            {
                return false;
            }

            read.Add(new CommandRequirement(part[..equals].Trim(), level));
        }

        requirements = [.. read];
        return true;
    }

    /// <summary>The list as one writes it.</summary>
    public static string Show(IReadOnlyList<CommandRequirement> requirements) =>
        requirements.Count == 0 ? None : string.Join(',', requirements.Select(one => $"{one.Command}={one.Level}"));
}
