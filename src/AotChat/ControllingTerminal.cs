using System.Runtime.InteropServices;
using AotChat.Native;

namespace AotChat;

/// <summary>
/// The terminal that the server was started from, tty(4). A service has none; one that was started by hand loses it when
/// the window is closed, and SIGHUP means «end» then, not «read your settings anew».
/// </summary>
internal sealed class ControllingTerminal
{
    private readonly bool _wasThere = OperatingSystem.IsLinux() && IsThere() == true;

    /// <summary>Whether there was one at the start, and it has been closed since.</summary>
    public bool IsGone => _wasThere && IsThere() == false;

    // Null where that can't be told, for want of descriptors, say.
    private static bool? IsThere()
    {
        int terminal = FileCalls.Open("/dev/tty", FileCalls.ReadOnly | FileCalls.NonBlockingCloseOnExec);
        if (terminal >= 0)
        {
            _ = FileCalls.Close(terminal);
            return true;
        }

        return Marshal.GetLastPInvokeError() is FileCalls.NoDevice or FileCalls.InputOutputError ? false : null;
    }
}
