using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AotChat.Configuration;

/// <summary>TCP ports, as one writes them: <c>80,443</c>.</summary>
internal static class PortList
{
    /// <summary>Reads a list of at least one port.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out int[]? ports)
    {
        List<int> read = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!ushort.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) || port == 0)
            {
                ports = null;
                return false;
            }

            read.Add(port);
        }

        ports = [.. read];
        return true;
    }

    /// <summary>The list as one writes it.</summary>
    public static string Show(IEnumerable<int> ports) => string.Join(',', ports);
}
