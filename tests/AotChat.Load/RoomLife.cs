using System.Text;

namespace AotChat.Load;

/// <summary>What people do in a large chat beside talking: come into a full room, search a long history, ask who is there.</summary>
internal sealed class RoomLife : ILineSink, IDisposable
{
    private const double Millisecond = 1_000_000;
    private const long AnswerLimit = 30_000_000_000;
    private const int Members = 1_000;
    private const int ReplayLines = 20;
    private const int HistoryLines = 100_000;
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

    /// <summary>Searching a history of 100,000 lines, while somebody else asks one thing after the other.</summary>
    public static Figures Search(Func<Target> start)
    {
        using RoomLife life = new(start, 2);
        life.Enter(1);
        for (int i = 0; i < HistoryLines; i += 100)
        {
            life.Send(0, string.Concat(Enumerable.Range(i, 100).Select(number => $"line {number} is about as long as what people say in a chat\n")));
            life.AskOther();
        }

        Histogram quiet = new();
        for (int i = 0; i < Rounds * 10; i++)
        {
            quiet.Add(life.AskOther());
        }

        Histogram search = new();
        Histogram meanwhile = new();
        for (int round = 0; round < Rounds; round++)
        {
            long before = Clock.Now;
            life.Clear();
            life.Send(0, "/search nowhere\n");
            while (life._lines[0] == 0)
            {
                meanwhile.Add(life.AskOther());
            }

            search.Add(Clock.Now - before);
        }

        return new Figures()
            .Add("ms to the answer, p50", search.Percentile(50) / Millisecond)
            .Add("ms to the answer, max", search.Max / Millisecond)
            .Add("ms of another's command without, p50", quiet.Percentile(50) / Millisecond)
            .Add("ms of another's command meanwhile, p50", meanwhile.Percentile(50) / Millisecond)
            .Add("ms of another's command meanwhile, p99", meanwhile.Percentile(99) / Millisecond)
            .Add("ms of another's command meanwhile, max", meanwhile.Max / Millisecond);
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
