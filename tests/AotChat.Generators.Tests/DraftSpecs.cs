namespace AotChat.Generators.Tests;

/// <summary>Files of commands as people write them, compiled against the server itself.</summary>
public sealed class DraftSpecs
{
    [Fact]
    public void A_file_of_commands_needs_no_using() => Assert.Empty(ServerProject.Compile("""
        namespace AotChat.Commands;

        internal static class DraftCommands
        {
            internal enum Coin { Heads, Tails }

            /// <summary>Counts the letters of TEXT in a worker, for ROOM.</summary>
            [Command("letters")]
            internal static async ValueTask Letters(CommandContext context, Room room, [Rest] string text)
            {
                try
                {
                    int count = await context.Jobs.LettersAsync(text, context.Gone);
                    context.TellRoom(room, $"Letters of {context.User}: {count}, {count / 26.0:0.0} alphabets");
                }
                catch (JobFailedException failure)
                {
                    context.Reply($"Not counted: {failure.Message}");
                }
            }

            /// <summary>Tosses a coin to USER after DELAY.</summary>
            [Command("coin")]
            internal static void Toss(CommandContext context, User user, Coin guess, TimeSpan delay, Room? room = null)
            {
                Game game = context.User.State<Game>();
                game.Tosses++;
                context.Chat.State<Game>().Tosses++;
                context.Schedule(delay, () => context.TryTell(user, $"Coin number {game.Tosses}: {guess} after {delay}, {room is null}"));
                if (context.TryChooseRoom(room, out Room? found))
                {
                    context.Say(found, "I have tossed a coin.");
                }

                string text = "Tossed a coin";
                context.Reply(text);
                context.TrySay(user, text);
                context.Broadcast($"{text} {delay}");
                context.TellEveryone($"Tossed: {true}, {'c'}, {1.5m}, {DateTimeOffset.UnixEpoch:u}, {Guid.Empty}");
            }

            [Job(Lane = JobLane.Cpu)]
            internal static int Letters(string text) => text.Length > 0 ? text.Length : throw new JobException("there is none");

            /// <summary>Welcomes whoever joins a room.</summary>
            [OnJoin]
            internal static void Welcome(CommandContext context, Room room) => context.Reply($"Welcome to {room}.");

            /// <summary>Counts what is said.</summary>
            [OnSaid]
            internal static void Count(CommandContext context, Room room, string text) => room.State<Game>().Tosses += text.Length;

            [OnLeave]
            internal static async ValueTask Leave(CommandContext context) => await Task.Delay(TimeSpan.FromSeconds(1), context.Gone);

            private sealed class Game
            {
                public int Tosses { get; set; }
            }
        }
        """));
}
