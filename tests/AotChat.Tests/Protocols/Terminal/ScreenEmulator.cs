using System.Text;
using Wcwidth;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>
/// A terminal's screen: shows what a person sees after the bytes that a client has received. It wraps as xterm does, and
/// refuses every control that it doesn't know.
/// </summary>
internal sealed class ScreenEmulator(int columns, int rows = 24)
{
    private readonly Func<Rune, int> _width = character => UnicodeCalculator.GetWidth(character.Value);
    private readonly StringBuilder _sequence = new();
    private readonly List<byte> _partial = [];
    private string[][] _cells = NewScreen(columns, rows);
    private bool _wrapsNext;

    /// <param name="columns">How wide it is.</param>
    /// <param name="width">How many columns it gives to a character.</param>
    /// <param name="rows">How high it is.</param>
    public ScreenEmulator(int columns, Func<Rune, int> width, int rows = 24)
        : this(columns, rows) => _width = width;

    /// <summary>The row of the cursor, from 0.</summary>
    public int Row { get; private set; }

    /// <summary>The column of the cursor, from 0.</summary>
    public int Column { get; private set; }

    /// <summary>How often the bell has rung.</summary>
    public int Bells { get; private set; }

    /// <summary>How often text went on in the next row by itself.</summary>
    public int Wraps { get; private set; }

    /// <summary>The rows down to the last one with text, without blanks at their ends.</summary>
    public string[] Lines
    {
        get
        {
            string[] lines = [.. _cells.Select(row => string.Concat(row).TrimEnd(' '))];
            return lines[..(Array.FindLastIndex(lines, line => line.Length > 0) + 1)];
        }
    }

    /// <summary>The text of the cursor's row in front of the cursor.</summary>
    public string LeftOfCursor => string.Concat(_cells[Row][..Column]);

    /// <summary>The text of the cursor's row from the cursor on, without blanks at its end.</summary>
    public string RightOfCursor => string.Concat(_cells[Row][Column..]).TrimEnd(' ');

    /// <summary>The screen with the cursor in it, as <c>|</c>.</summary>
    public string[] LinesWithCursor
    {
        get
        {
            string[] lines = [.. Lines, .. Enumerable.Repeat("", rows)];
            lines[Row] = LeftOfCursor + "|" + RightOfCursor;
            return lines[..(Math.Max(Lines.Length, Row + 1))];
        }
    }

    /// <summary>Receives bytes, cut anywhere.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            _partial.Add(value);
            if (Rune.DecodeFromUtf8([.. _partial], out Rune character, out _) == System.Buffers.OperationStatus.Done)
            {
                _partial.Clear();
                Put(character);
            }
            else if (_partial.Count == 4)
            {
                throw new InvalidOperationException("A terminal was sent invalid UTF-8.");
            }
        }
    }

    private static string[][] NewScreen(int columns, int rows) => [.. Enumerable.Range(0, rows).Select(_ => NewRow(columns))];

    private static string[] NewRow(int columns) => [.. Enumerable.Repeat(" ", columns)];

    private void Put(Rune character)
    {
        if (_sequence.Length > 0 || character.Value == '\e')
        {
            _sequence.Append(character);
            if (_sequence.Length > 2 && character.Value is >= 0x40 and < 0x7F)
            {
                Run(_sequence.ToString());
                _sequence.Clear();
            }

            return;
        }

        switch (character.Value)
        {
            case '\r':
                Column = 0;
                _wrapsNext = false;
                break;

            case '\n':
                LineFeed();
                break;

            case '\b':
                Column = Math.Max(Column - 1, 0);
                _wrapsNext = false;
                break;

            case '\a':
                Bells++;
                break;

            case < 0x20 or (>= 0x7F and < 0xA0):
                throw new InvalidOperationException($"A terminal was sent the control {character.Value:X2}.");

            default:
                Print(character, Math.Max(_width(character), 0));
                break;
        }
    }

    private void Print(Rune character, int width)
    {
        if (width == 0)
        {
            AddMark(character);
            return;
        }

        if (_wrapsNext || Column + width > columns)
        {
            Wraps++;
            Column = 0;
            LineFeed();
        }

        for (int i = 0; i < width; i++)
        {
            EraseCell(Column + i);
        }

        _cells[Row][Column] = character.ToString();
        if (width == 2)
        {
            _cells[Row][Column + 1] = "";
        }

        Column += width;

        // As in xterm, the cursor waits on the last column until there is more text.
        _wrapsNext = Column == columns;
        Column = Math.Min(Column, columns - 1);
    }

    private void AddMark(Rune character)
    {
        int column = _wrapsNext ? Column : Column - 1;
        while (column > 0 && _cells[Row][column].Length == 0)
        {
            column--;
        }

        if (column >= 0)
        {
            _cells[Row][column] += character.ToString();
        }
    }

    // Half a wide character is none.
    private void EraseCell(int column)
    {
        if (_cells[Row][column].Length == 0)
        {
            _cells[Row][column - 1] = " ";
        }

        if (column + 1 < columns && _cells[Row][column + 1].Length == 0)
        {
            _cells[Row][column + 1] = " ";
        }

        _cells[Row][column] = " ";
    }

    private void LineFeed()
    {
        _wrapsNext = false;
        if (Row < rows - 1)
        {
            Row++;
            return;
        }

        _cells = [.. _cells[1..], NewRow(columns)];
    }

    private void Run(string sequence)
    {
        if (sequence[1] != '[' || !int.TryParse(sequence.Length == 3 ? "0" : sequence[2..^1], out int number))
        {
            throw new InvalidOperationException($"A terminal was sent the sequence {sequence[1..]}.");
        }

        int distance = Math.Max(number, 1);
        switch (sequence[^1])
        {
            case 'A':
                Row = Math.Max(Row - distance, 0);
                break;

            case 'B':
                Row = Math.Min(Row + distance, rows - 1);
                break;

            case 'C':
                Column = Math.Min(Column + distance, columns - 1);
                break;

            case 'D':
                Column = Math.Max(Column - distance, 0);
                break;

            case 'H' when number == 0:
                (Row, Column) = (0, 0);
                break;

            case 'J' when number == 2:
                _cells = NewScreen(columns, rows);
                break;

            case 'K' when number == 0:
                for (int column = Column; column < columns; column++)
                {
                    EraseCell(column);
                }

                break;

            case 'm':
                break;

            default:
                throw new InvalidOperationException($"A terminal was sent the sequence {sequence[1..]}.");
        }

        _wrapsNext = false;
    }
}
