namespace AotChat.Protocols.Terminal;

/// <summary>The keys of the terminals in use: xterm and its kin, PuTTY, the Linux console, rxvt, Windows telnet.</summary>
internal static class KeyMap
{
    // The modifier of xterm's sequences is one more than a sum in which Shift is 1, Alt 2 and Ctrl 4.
    private const int AltAndCtrl = 2 | 4;

    private const int Delete = 0x7F;

    /// <summary>What a control character does; <see cref="EditorKey.None"/> for any other character.</summary>
    public static EditorKey Of(int character) => character switch
    {
        Ctrl.A => EditorKey.Home,
        Ctrl.B => EditorKey.Left,
        Ctrl.C => EditorKey.Cancel,
        Ctrl.D => EditorKey.EraseForwardOrQuit,
        Ctrl.E => EditorKey.End,
        Ctrl.F => EditorKey.Right,
        Ctrl.K => EditorKey.EraseToEnd,
        Ctrl.L => EditorKey.ClearScreen,
        Ctrl.N => EditorKey.Down,
        Ctrl.P => EditorKey.Up,
        Ctrl.U => EditorKey.EraseLine,
        Ctrl.W => EditorKey.EraseWordBack,
        '\t' => EditorKey.Complete,
        '\b' or Delete => EditorKey.EraseBack,
        '\r' or '\n' => EditorKey.Enter,
        _ => EditorKey.None,
    };

    /// <summary>What the sequence that ended last does.</summary>
    public static EditorKey Of(in EscapeSequence sequence) => sequence.Kind switch
    {
        EscapeKind.Short => OfAlt(sequence.Final),
        EscapeKind.Control when sequence.Final == '~' => OfNumber(sequence.Parameter),
        EscapeKind.Control or EscapeKind.Shift => OfLetter(sequence),
        _ => EditorKey.None,
    };

    private static EditorKey OfAlt(char character) => character switch
    {
        'b' or 'B' => EditorKey.WordLeft,
        'f' or 'F' => EditorKey.WordRight,
        'd' or 'D' => EditorKey.EraseWordForward,
        '\b' or (char)Delete => EditorKey.EraseWordBack,
        _ => EditorKey.None,
    };

    // ESC [ 1 ~: the VT220's keys, as PuTTY, the Linux console (1, 4) and rxvt (7, 8) send them.
    private static EditorKey OfNumber(int number) => number switch
    {
        1 or 7 => EditorKey.Home,
        3 => EditorKey.EraseForward,
        4 or 8 => EditorKey.End,
        200 => EditorKey.PasteBegins,
        201 => EditorKey.PasteEnds,
        _ => EditorKey.None,
    };

    private static EditorKey OfLetter(in EscapeSequence sequence)
    {
        // xterm sends ESC [ 1 ; 5 C, and older ones sent ESC [ 5 C or ESC O 5 C.
        int modifier = Math.Max(sequence.Modifier, sequence.Parameter) - 1;
        bool isWord = modifier > 0 && (modifier & AltAndCtrl) != 0;
        return sequence.Final switch
        {
            'A' => EditorKey.Up,
            'B' => EditorKey.Down,
            'C' => isWord ? EditorKey.WordRight : EditorKey.Right,
            'D' => isWord ? EditorKey.WordLeft : EditorKey.Left,
            'F' => EditorKey.End,
            'H' => EditorKey.Home,

            // rxvt's Ctrl and an arrow, and Enter of the keypad in application mode.
            'c' when sequence.Kind == EscapeKind.Shift => EditorKey.WordRight,
            'd' when sequence.Kind == EscapeKind.Shift => EditorKey.WordLeft,
            'M' when sequence.Kind == EscapeKind.Shift => EditorKey.Enter,
            _ => EditorKey.None,
        };
    }

    private static class Ctrl
    {
        public const int A = 0x01;
        public const int B = 0x02;
        public const int C = 0x03;
        public const int D = 0x04;
        public const int E = 0x05;
        public const int F = 0x06;
        public const int K = 0x0B;
        public const int L = 0x0C;
        public const int N = 0x0E;
        public const int P = 0x10;
        public const int U = 0x15;
        public const int W = 0x17;
    }
}
