using System.Text;

namespace AotChat.Load;

/// <summary>What people do in a large chat beside talking: come into a full room, search a long history, ask who is there.</summary>
internal sealed class RoomLife : ILineSink, IDisposable
{
    private const double Millisecond = 1_000_000;
    private const long AnswerLimit = 30_000_000_000;
    private const int Members = 1_000;
    private const int ReplayLines = 20;
    private const double Second = 1_000_000_000;
    private const int KeptLines = 1_000_000;
    private const int LinesAtOnce = 2_000;
    private const int Searches = 500;
    private const int Users = 10_000;
    private const int Rounds = 50;

    private readonly Target _target;
    private readonly Crowd _crowd = new();
    private readonly int[] _lines;
    private long _names;
    private long _total;

    private RoomLife(Func<Target> start, int clients)
    {
        _target = start();
        _crowd.Join(_target.Port, clients);
        _lines = new int[clients];
    }

    /// <summary>Joining a room of 1,000 with its last lines.</summary>
    public static Figures Join(Func<Target> start)
    {
        using RoomLife life = new(start, Members + 1);
        life.Enter(Members);
        for (int i = 0; i < ReplayLines; i++)
        {
            life.Send(0, "something that was said before somebody came\n");
        }

        // The others hear what was said, so it is said when they have.
        life.WaitForAll(ReplayLines * (Members - 1L));
        Histogram own = new();
        Histogram all = new();
        for (int round = 0; round < Rounds; round++)
        {
            long before = Clock.Now;
            life.Clear();
            life.Send(Members, "join bench\n");
            life.WaitUntil(() => life._lines[Members] == ReplayLines + 1);
            own.Add(life._crowd.ReceivedAt - before);
            life.WaitForAll(ReplayLines + 1 + Members);
            all.Add(life._crowd.ReceivedAt - before);
            life.Clear();
            life.Send(Members, "/leave\n");
            life.WaitForAll(1 + Members);
        }

        return new Figures()
            .Add("ms to the last line of the replay, p50", own.Percentile(50) / Millisecond)
            .Add("ms to the last line of the replay, max", own.Max / Millisecond)
            .Add("ms until all 1,000 know, p50", all.Percentile(50) / Millisecond);
    }

    /// <summary>
    /// Keeping 1,000,000 lines on disk, then searching them for words from the most frequent to the rarest, while somebody else
    /// asks one thing after the other.
    /// </summary>
    public static Figures Search(Func<Target> start)
    {
        using RoomLife life = new(start, 2);
        life.Enter(1);
        Vocabulary words = new();
        long began = Clock.Now;
        for (int i = 0; i < KeptLines; i += LinesAtOnce)
        {
            life.Send(0, words.Lines(LinesAtOnce));

            // An answer comes once all that was said before is on disk, so that no more waits than there is room for.
            life.Find("neverSaid");
        }

        double seconds = (Clock.Now - began) / Second;
        Histogram quiet = new();
        for (int i = 0; i < Rounds * 10; i++)
        {
            quiet.Add(life.AskOther());
        }

        Histogram search = new();
        Histogram meanwhile = new();
        for (int round = 0; round < Searches; round++)
        {
            string sought = (round % 5) switch
            {
                0 => $"{words.Next()} {words.Next()}",
                1 => $"\"{words.Next()} {words.Next()}\"",
                2 => $"{words.Next()} from:u1000 since:1d",
                3 => $"{words.Next()} in:bench page:3",
                _ => words.Next(),
            };
            search.Add(life.Find(sought, () => meanwhile.Add(life.AskOther())));
        }

        return new Figures()
            .Add("lines/s kept", KeptLines / seconds)
            .Add("ms to the answer, p50", search.Percentile(50) / Millisecond)
            .Add("ms to the answer, p99", search.Percentile(99) / Millisecond)
            .Add("ms of another's command without, p50", quiet.Percentile(50) / Millisecond)
            .Add("ms of another's command meanwhile, p50", meanwhile.Percentile(50) / Millisecond)
            .Add("ms of another's command meanwhile, p99", meanwhile.Percentile(99) / Millisecond);
    }

    /// <summary>Asking who is here among 10,000.</summary>
    public static Figures Who(Func<Target> start)
    {
        using RoomLife life = new(start, Users);
        Histogram times = new();
        for (int round = 0; round < Rounds; round++)
        {
            long before = Clock.Now;
            life._names = 0;
            life.Send(0, "w\n");
            life.WaitUntil(() => life._names == Users - 1);
            times.Add(life._crowd.ReceivedAt - before);
        }

        return new Figures().Add("ms to the last name, p50", times.Percentile(50) / Millisecond).Add("ms to the last name, max", times.Max / Millisecond);
    }

    void ILineSink.OnLine(LoadClient client, ReadOnlySpan<byte> line)
    {
        _lines[client.Number]++;
        _total++;
        if (line[MessageFormat.StampLength..].StartsWith("Online users: "u8))
        {
            _names += 1 + line.Count((byte)',');
        }
    }

    public void Dispose()
    {
        _crowd.Dispose();
        _target.Dispose();
    }

    private void Enter(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Send(i, "join bench\n");
        }

        // Each hears of itself and of all who come later.
        WaitForAll(count + (count * (count - 1L) / 2));
        Clear();
    }

    private long AskOther()
    {
        long before = Clock.Now;
        int lines = _lines[1];
        Send(1, "bar\n");
        WaitUntil(() => _lines[1] > lines);
        return _crowd.ReceivedAt - before;
    }

    // The time to the first line of the answer. What is done meanwhile runs once at least.
    private long Find(string sought, Action? meanwhile = null)
    {
        long before = Clock.Now;
        Clear();
        Send(0, $"/search {sought}\n");
        while (_lines[0] == 0)
        {
            if (meanwhile is null)
            {
                WaitUntil(() => _lines[0] > 0);
            }
            else
            {
                meanwhile();
            }
        }

        return Clock.Now - before;
    }

    private void Clear()
    {
        Array.Clear(_lines);
        _total = 0;
    }

    private void Send(int client, string text) => _crowd.Clients[client].Send(Encoding.ASCII.GetBytes(text), _crowd.Poll);

    private void WaitForAll(long lines) => WaitUntil(() => _total >= lines);

    private void WaitUntil(Func<bool> condition)
    {
        for (long deadline = Clock.Now + AnswerLimit; !condition();)
        {
            _crowd.ReceiveUntil(deadline, this);
            if (Clock.Now >= deadline)
            {
                throw new LoadException("an answer did not come");
            }
        }
    }
}
