using System.Diagnostics.CodeAnalysis;

namespace AotChat.Chat
{
    public sealed class User(string name)
    {
        public string Name { get; } = name;

        internal UserLevel Level { get; set; }
    }

    public sealed class Room(string name)
    {
        public string Name { get; } = name;
    }
}

namespace AotChat.Commands
{
    /// <summary>Writes down what generated code does with it.</summary>
    public sealed class CommandContext
    {
        public List<string> Log { get; } = [];

        public Chat.User User { get; } = new("me");

        internal CancellationToken Gone => new(canceled: true);

        internal CommandContext ForCall(ReadOnlySpan<byte> line) => this;

        internal CommandContext ForPrivateCall(string name)
        {
            Log.Add("private: " + name);
            return this;
        }

        internal CommandContext ForHook()
        {
            Log.Add("hook");
            return this;
        }

        internal void Failed(Exception exception) => Log.Add("failed: " + exception.Message);

        internal void Run(ValueTask hook) => Log.Add(hook.IsCompletedSuccessfully ? "completed" : "awaited");

        internal void NotAllowed(Chat.UserLevel required) => Log.Add("not allowed: " + required);

        internal bool TryFindUser(ReadOnlySpan<byte> name, [NotNullWhen(true)] out Chat.User? user)
        {
            string text = System.Text.Encoding.UTF8.GetString(name);
            user = text.StartsWith('u') ? new Chat.User(text) : null;
            return user is not null;
        }

        internal bool TryReadRoom(ReadOnlySpan<byte> name, [NotNullWhen(true)] out Chat.Room? room)
        {
            string text = System.Text.Encoding.UTF8.GetString(name);
            room = text.StartsWith('#') ? new Chat.Room(text) : null;
            return room is not null;
        }

        internal void RoomNotFound(ReadOnlySpan<byte> name) => Log.Add("no room: " + System.Text.Encoding.UTF8.GetString(name));

        internal void UserNotFound(ReadOnlySpan<byte> name) => Log.Add("not found: " + System.Text.Encoding.UTF8.GetString(name));

        internal void UnknownCommand(ReadOnlySpan<byte> word) => Log.Add("unknown: " + System.Text.Encoding.UTF8.GetString(word));

        internal void InvalidCall(ReadOnlySpan<byte> line) => Log.Add(System.Text.Encoding.UTF8.GetString(line));

        internal void InvalidCall(ReadOnlySpan<byte> problem, ReadOnlySpan<byte> usage) =>
            Log.Add(System.Text.Encoding.UTF8.GetString(problem) + ". Usage: " + System.Text.Encoding.UTF8.GetString(usage));
    }

    /// <summary>A way in for the tests, which see public members only.</summary>
    public static class Entry
    {
        public static void Run(CommandContext context, byte[] line) => CommandDispatcher.DispatchAsync(context, line).AsTask().Wait();

        public static void Happen(CommandContext context, string what)
        {
            Chat.Room room = new("#lobby");
            switch (what)
            {
                case "come": CommandHooks.Joined(context); break;
                case "join": CommandHooks.Joined(context, room); break;
                case "leave": CommandHooks.Leaving(context, room); break;
                case "go": CommandHooks.Leaving(context); break;
                default: CommandHooks.Said(context, room, System.Text.Encoding.UTF8.GetBytes(what)); break;
            }
        }

        public static string[] Facts() => CommandDispatcher.All.ToArray()
            .Select(command => $"{string.Join(", ", command.Aliases.Prepend(command.Name))}: {command.Category}, {command.Level}").ToArray();

        public static string[] Usages() => CommandDispatcher.All.ToArray().Select(command => command.Usage + " | " + command.Summary).ToArray();
    }
}

namespace AotChat.Workers
{
    /// <summary>A pool without processes: what is sent comes straight to the table.</summary>
    internal sealed class DirectRunner : IJobRunner
    {
        public async ValueTask<ReadOnlyMemory<byte>> RunAsync(ushort job, ReadOnlyMemory<byte> arguments, CancellationToken cancellationToken)
        {
            System.Buffers.ArrayBufferWriter<byte> result = new();
            await JobTable.RunAsync(job, arguments, result, cancellationToken);
            return result.WrittenMemory;
        }
    }
}
