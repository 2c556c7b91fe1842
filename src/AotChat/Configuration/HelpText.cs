using System.Reflection;
using System.Text;

namespace AotChat.Configuration;

/// <summary>What <c>--help</c>, <c>--version</c> and <c>--check</c> print; at most 100 columns wide.</summary>
internal static class HelpText
{
    /// <summary>Everything that an operator needs to run it.</summary>
    public static string Help()
    {
        ChatOptions defaults = new();
        StringBuilder text = new("""
            aotchat: a chat server that any terminal can join, with nc or telnet.

            Usage: aotchat [--NAME VALUE]...

              aotchat                              listen on localhost:1235 with 4 workers
              aotchat --host 0.0.0.0 --port 2000   let the whole network in
              nc localhost 1235                    join; then type help

            Settings:

            """);
        foreach (Option option in OptionCatalog.All)
        {
            text.Append($"  --{option.Name}\n      {option.Help}\n");
            text.Append($"      {option.Allowed}; default: {option.Show(defaults)}\n");
        }

        text.Append($$"""
              --{{ArgumentList.Config}}
                  a file of settings, one on each line: NAME = VALUE, with the names above without --;
                  a comment begins with # or ; at the start of a line or after a space

            Every setting can also come from the environment, in capitals after CHAT_ (CHAT_PORT=2000,
            CHAT_MAX_CONNECTIONS=50). Flags override the environment, which overrides the file.
            SIGHUP reads all again; all take effect at once but
            {{string.Join(", ", OptionEffects.AtRestart)}}.

            Other:
              --check            check all settings and print each with its source; check the file of what is
                                 kept, without changing it; start nothing
              --backup FILE      copy what is kept to a new file, also while the server runs; start nothing
              --version          print the version
              --help, -h         print this

            Exit codes: 0 stopped as asked, 1 could not start, print or stop in time, 2 settings are wrong.
            (--worker is for the server only, which starts its own workers with it.)

            """);
        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>The version.</summary>
    public static string Version() => $"aotchat {VersionNumber}\n";

    /// <summary>The version of this executable.</summary>
    public static string VersionNumber =>
        typeof(HelpText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>The settings in force, and where each came from.</summary>
    public static string Check(ChatOptions options, IReadOnlyDictionary<Option, string> sources)
    {
        StringBuilder text = new();
        foreach (Option option in OptionCatalog.All)
        {
            text.Append($"{option.Name,-27} {option.Show(options),-16} {sources.GetValueOrDefault(option, "default")}\n");
        }

        return text.ToString();
    }
}
