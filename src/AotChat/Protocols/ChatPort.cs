using AotChat.Chat;
using AotChat.Commands;
using AotChat.Configuration;
using AotChat.Connections;
using AotChat.Diagnostics;
using AotChat.Loop;
using AotChat.Protocols.Foreign;
using AotChat.Protocols.Terminal;
using AotChat.Workers;
using Microsoft.Extensions.Logging;

namespace AotChat.Protocols;

/// <summary>
/// What stands behind the port: the gate that connections come through, and the protocols that they may speak. A new
/// protocol is a type of its own and an entry here.
/// </summary>
internal sealed class ChatPort
{
    /// <param name="loop">The event loop.</param>
    /// <param name="options">The settings and limits.</param>
    /// <param name="jobs">Where jobs run.</param>
    /// <param name="store">What is kept beyond the life of the process.</param>
    /// <param name="logger">Gets the lines about connections and users.</param>
    public ChatPort(EventLoop loop, ChatOptions options, IJobPool jobs, IChatStore store, ILogger logger)
    {
        Counters = new ChatCounters(loop.Statistics);
        LogThrottle hostileEvents = new(loop, logger, "refused or closed connections", ChatOptions.HostileLogBurst, ChatOptions.HostileLogRate);
        RefusedProtocol[] refused =
        [
            new TlsProtocol(Counters, hostileEvents, logger),
            new HttpProtocol(options.MaxLineBytes, Counters, hostileEvents, logger),
            new SshProtocol(Counters, hostileEvents, logger),
        ];
        Chat = new ChatState(options, loop.Time, Reserve(options), store) { Rules = CommandRules.Of(options) };
        Terminals = new TerminalServer(loop, Chat, jobs, Counters, hostileEvents, logger) { Refused = refused };

        // In the order in which they are asked; the last one takes what no other claims.
        ProtocolList protocols = new([.. refused, Terminals]);
        Gate = new ConnectionGate(loop, options, Counters, protocols, Terminals, hostileEvents, logger);
    }

    /// <summary>Takes on the options that have changed.</summary>
    public void TakeOn()
    {
        Chat.TakeOn(Reserve(Chat.Options), CommandRules.Of(Chat.Options));
        Terminals.TakeOn();
        Gate.Admission.Limit = Chat.Options.MaxConnections;
    }

    /// <summary>What happens, in numbers.</summary>
    public ChatCounters Counters { get; }

    /// <summary>The chat.</summary>
    public ChatState Chat { get; }

    /// <summary>Where connections come in.</summary>
    public ConnectionGate Gate { get; }

    /// <summary>The terminals.</summary>
    public TerminalServer Terminals { get; }

    // An operator's name, too: the first user to register it would otherwise be the operator.
    private static ReservedNames Reserve(ChatOptions options) =>
        ServerWords.Reserve(options.MessageOfTheDay, [.. options.ReservedNames, .. options.Operators]);
}
