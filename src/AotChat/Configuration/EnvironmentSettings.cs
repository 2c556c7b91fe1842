using System.Globalization;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace AotChat.Configuration;

/// <summary>
/// The settings among the variables of the environment. Others use names that begin with <c>CHAT_</c> too: Kubernetes and
/// Docker for each service that is called chat, and programs for what is theirs.
/// </summary>
internal static class EnvironmentSettings
{
    private static readonly string[] Protocols = ["TCP", "UDP", "SCTP"];

    /// <summary>The variables of this process.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> OfProcess()
    {
        EnvironmentVariablesConfigurationProvider provider = new(Option.VariablePrefix);
        provider.Load();
        foreach (string key in provider.GetChildKeys([], null).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            yield return new(Option.VariablePrefix + key, provider.TryGet(key, out string? value) ? value : null);
        }
    }

    /// <summary>
    /// Those that may be settings, in the order of their names. A variable without a value is as good as none, as in
    /// <c>CHAT_PORT= aotchat</c>.
    /// </summary>
    public static IReadOnlyList<Setting> Read(IEnumerable<KeyValuePair<string, string?>> variables)
    {
        KeyValuePair<string, string?>[] sorted = [.. variables];
        Array.Sort(sorted, (one, other) => string.CompareOrdinal(one.Key, other.Key));
        List<Setting> settings = [];
        foreach ((string name, string? value) in sorted)
        {
            if (name.Length > Option.VariablePrefix.Length
                && name.StartsWith(Option.VariablePrefix, StringComparison.OrdinalIgnoreCase)
                && !string.IsNullOrEmpty(value)
                && !IsServiceLink(name, value))
            {
                string key = name[Option.VariablePrefix.Length..];
                string label = Option.VariablePrefix + SafeText.Of(key);
                settings.Add(new Setting(key, value, label, label));
            }
        }

        return settings;
    }

    /// <summary>
    /// Whether a variable tells where another service is, as Kubernetes has it for a service called chat, chat-api …:
    /// <c>CHAT_SERVICE_HOST</c>, <c>CHAT_SERVICE_PORT_HTTP</c>, <c>CHAT_PORT=tcp://10.0.0.1:80</c>, <c>CHAT_PORT_80_TCP_ADDR</c>.
    /// </summary>
    internal static bool IsServiceLink(string name, string value)
    {
        string[] words = name.ToUpperInvariant().Split('_');
        int service = Array.LastIndexOf(words, "SERVICE");
        if (service > 0 && service < words.Length - 1
            && (words[service + 1] == "PORT" || (words[service + 1] == "HOST" && service + 2 == words.Length)))
        {
            return true;
        }

        if (words[^1] == "PORT" && Protocols.Any(protocol => value.StartsWith(protocol + "://", StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        // PORT_80_TCP, and behind it nothing, or ADDR, PORT, PROTO (Docker: also START, END).
        int last = words.Length - (words[^1] is "ADDR" or "PORT" or "PROTO" or "START" or "END" ? 2 : 1);
        return last >= 3 && Protocols.Contains(words[last])
            && ushort.TryParse(words[last - 1], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && words[last - 2] == "PORT";
    }
}
