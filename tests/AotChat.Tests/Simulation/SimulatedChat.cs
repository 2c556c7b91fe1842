using System.Text;
using AotChat.Chat;
using AotChat.Commands;
using AotChat.Configuration;
using AotChat.Connections;
using AotChat.Loop;
using AotChat.Protocols;
using AotChat.Protocols.Terminal;
using AotChat.Transport;
using AotChat.Workers;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Simulation;

/// <summary>
/// A whole chat in memory: the real loop, sessions and commands over simulated connections and a clock that the test
/// turns. Without options of the test's own there is no flood control, so that tests may type as fast as they like.
/// </summary>
internal sealed class SimulatedChat
{
    public SimulatedChat(ChatOptions? options = null, IJobPool? jobs = null, IChatStore? store = null)
    {
        Loop = new EventLoop(Poller, Time, Log);
        Port = new ChatPort(Loop, options ?? new ChatOptions { FloodRate = 0 }, jobs ?? Jobs, store ?? new NoStore(), Log);
    }

    public SimulatedPoller Poller { get; } = new();

    // So that the first one is welcomed at 23:59:58.123456.
    public FakeTimeProvider Time { get; } =
        new(new DateTimeOffset(2024, 2, 29, 23, 59, 58, TimeSpan.Zero).AddTicks(1234560) - ChatOptions.WelcomeDelay);

    public RecordingLogger Log { get; } = new();

    public ManualJobs Jobs { get; } = new();

    public EventLoop Loop { get; }

    public ChatPort Port { get; }

    public TerminalServer Server => Port.Terminals;

    /// <summary>Where connections come in.</summary>
    public ConnectionGate Gate => Port.Gate;

    /// <summary>Somebody connects; the welcome line is read already unless told otherwise.</summary>
    public SimulatedClient Connect(bool readWelcome = true, PeerAddress peer = default)
    {
        SimulatedTransport transport = new(Poller);
        InLoop(() => Gate.Accept(transport, peer));
        SimulatedClient client = new(this, transport);
        Settle();
        Advance(ChatOptions.WelcomeDelay);
        if (readWelcome)
        {
            client.ReadTexts();
        }

        return client;
    }

    /// <summary>What a command of somebody's has in its hands; for what no command of the house does.</summary>
    public CommandContext ContextOf(string name)
    {
        Assert.True(Server.Users.TryFind(Encoding.UTF8.GetBytes(name), out User? user), name);
        return new CommandContext(user.Sessions[0], Server.Chat, Jobs, Server.Counters);
    }

    /// <summary>Welcomes somebody at once, past everything that a connection passes otherwise.</summary>
    public void Welcome(SimulatedTransport transport) => InLoop(() => Welcome(Port, transport));

    /// <summary>Welcomes somebody at once, past everything that a connection passes otherwise.</summary>
    public static void Welcome(ChatPort port, ITransport transport) =>
        port.Terminals.Serve(port.Gate.Admission.Open(transport, port.Gate.Admission.NextId(), PeerAddress.Local));

    /// <summary>The server stops: nobody comes in any more, and all who are there leave.</summary>
    public void Stop(TimeSpan limit, Action whenStopped) => InLoop(() =>
    {
        Gate.Stop();
        Server.Stop(limit, whenStopped);
    });

    /// <summary>Turns the loop until it would wait.</summary>
    public void Settle()
    {
        for (int turns = 0; turns < 10_000; turns++)
        {
            Turn();
            if (Poller is { LastCount: 0, LastTimeout: not 0 })
            {
                return;
            }
        }

        throw new InvalidOperationException("The loop does not come to rest.");
    }

    /// <summary>One turn of the loop.</summary>
    public void Turn() => InLoop(Loop.Turn);

    /// <summary>Runs something as if it happened on the loop.</summary>
    public void InLoop(Action action)
    {
        SynchronizationContext? previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Loop.Context);
        try
        {
            action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(previous);
        }
    }

    /// <summary>Turns the clock on and lets happen what is due.</summary>
    public void Advance(TimeSpan time)
    {
        Time.Advance(time);
        Settle();
    }
}
