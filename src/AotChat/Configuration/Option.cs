using System.Globalization;

namespace AotChat.Configuration;

/// <summary>One setting: what it is called everywhere, what it may be, and where its value is kept.</summary>
/// <param name="Name">The name of the flag without <c>--</c>, and of the key in the file.</param>
/// <param name="Allowed">What a value may be: «a whole number from 0 to 65535».</param>
/// <param name="Help">What it is for, with the unit.</param>
/// <param name="TrySet">Reads a value into the options; false where it is not allowed.</param>
/// <param name="Show">The value as one would write it.</param>
internal sealed record Option(
    string Name,
    string Allowed,
    string Help,
    Func<ChatOptions, string, bool> TrySet,
    Func<ChatOptions, string> Show)
{
    /// <summary>The prefix of all environment variables of this program.</summary>
    public const string VariablePrefix = "CHAT_";

    /// <summary>The name of the environment variable without the prefix.</summary>
    public string VariableKey { get; } = Name.Replace('-', '_').ToUpperInvariant();

    /// <summary>The name of the environment variable.</summary>
    public string Variable => VariablePrefix + VariableKey;

    /// <summary>Whether its name alone, on the command line, turns it on.</summary>
    public bool IsSwitch { get; private init; }

    /// <summary>Finds what stands twice in a value that is a list, and says so; null for a value that is none.</summary>
    public Func<string, string?>? FindDuplicate { get; private init; }

    /// <summary>A text with a form of its own.</summary>
    public static Option Text(
        string name, string allowed, string help, Func<ChatOptions, string, bool> trySet, Func<ChatOptions, string> show) =>
        new(name, allowed, help, trySet, show);

    /// <summary>A list of texts, separated by commas, none of which may stand there twice.</summary>
    public static Option List(
        string name,
        string allowed,
        string help,
        Func<ChatOptions, string, bool> trySet,
        Func<ChatOptions, string> show,
        Func<string, string?> findDuplicate) => new(name, allowed, help, trySet, show)
        {
            FindDuplicate = findDuplicate,
        };

    /// <summary>Addresses and ranges of them, none of which may stand there twice.</summary>
    public static Option Addresses(string name, string help, Func<ChatOptions, AddressSet> get, Action<ChatOptions, AddressSet> set) => List(
        name,
        "IP addresses or ranges (10.0.0.0/8), separated by commas, or none",
        help,
        (options, text) =>
        {
            bool isValid = AddressSet.TryParse(text, out AddressSet? addresses);
            set(options, addresses ?? get(options));
            return isValid;
        },
        options => get(options).ToString(),
        ListDuplicates.OfRanges);

    /// <summary>Takes a value over from other settings.</summary>
    public void Copy(ChatOptions from, ChatOptions to)
    {
        if (!TrySet(to, Show(from)))
        {
            throw new InvalidOperationException($"The option {Name} does not take the value that it shows.");
        }
    }

    /// <summary>On or off.</summary>
    public static Option Switch(string name, string help, Func<ChatOptions, bool> get, Action<ChatOptions, bool> set) => new(
        name,
        "true or false",
        help,
        (options, text) =>
        {
            bool isValid = bool.TryParse(text, out bool value);
            set(options, value);
            return isValid;
        },
        options => get(options) ? "true" : "false")
    {
        IsSwitch = true,
    };

    /// <summary>A whole number within bounds, both included.</summary>
    public static Option Integer(
        string name, int min, int max, string help, Func<ChatOptions, int> get, Action<ChatOptions, int> set) => new(
            name,
            string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}"),
            help,
            (options, text) =>
            {
                if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value < min || value > max)
                {
                    return false;
                }

                set(options, value);
                return true;
            },
            options => get(options).ToString(CultureInfo.InvariantCulture));

    /// <summary>One of a few words, in any case.</summary>
    /// <param name="name">Of the option.</param>
    /// <param name="words">For the numbers 0, 1, 2 … of an enumeration.</param>
    /// <param name="help">What it is for.</param>
    /// <param name="get">The number in force.</param>
    /// <param name="set">Sets it.</param>
    public static Option Choice(string name, string[] words, string help, Func<ChatOptions, int> get, Action<ChatOptions, int> set) => new(
        name,
        "one of " + string.Join(", ", words),
        help,
        (options, text) =>
        {
            int value = Array.FindIndex(words, word => word.Equals(text, StringComparison.OrdinalIgnoreCase));
            if (value < 0)
            {
                return false;
            }

            set(options, value);
            return true;
        },
        options => words[get(options)]);
}
