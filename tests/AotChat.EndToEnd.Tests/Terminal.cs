using System.Diagnostics;
using System.Text;

namespace AotChat.EndToEnd.Tests;

/// <summary>
/// A real program, such as <c>nc</c> or <c>telnet</c>, on a pseudo-terminal: what is typed is echoed, and the screen
/// holds what a person would see. <c>script</c> (util-linux) makes the pseudo-terminal.
/// </summary>
internal sealed class Terminal : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _screen = new();

    public Terminal(string command)
    {
        _process = Process.Start(new ProcessStartInfo("script", ["-q", "-f", "-e", "-c", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        _ = ReadAsync();
    }

    /// <summary>What stands on the screen, with line feeds alone.</summary>
    public string Screen
    {
        get
        {
            lock (_screen)
            {
                return _screen.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Everything that the program has written, as it came.</summary>
    public string Written
    {
        get
        {
            lock (_screen)
            {
                return _screen.ToString();
            }
        }
    }

    /// <summary>Whether the program has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Presses keys.</summary>
    public async Task PressAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Types a line and waits until something stands on the screen behind it.</summary>
    public async Task TypeAsync(string line, string then)
    {
        int before = Screen.Length;
        await PressAsync(line + "\n");
        await Wait.UntilAsync(() => Screen[before..].Contains(then, StringComparison.Ordinal), $"«{then}» on a screen with\n{Screen}");
    }

    /// <summary>Waits until something stands on the screen.</summary>
    public Task SeeAsync(string text) =>
        Wait.UntilAsync(() => Screen.Contains(text, StringComparison.Ordinal), $"«{text}» on the screen");

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        char[] buffer = new char[4096];
        while (await _process.StandardOutput.ReadAsync(buffer) is > 0 and var count)
        {
            lock (_screen)
            {
                _screen.Append(buffer, 0, count);
            }
        }
    }
}
