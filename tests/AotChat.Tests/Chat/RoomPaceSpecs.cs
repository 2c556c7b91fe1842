using AotChat.Chat;

namespace AotChat.Tests.Chat;

/// <summary>Who is remembered in a slow room.</summary>
public sealed class RoomPaceSpecs
{
    [Fact]
    public void Guests_who_have_left_the_chat_are_forgotten_however_slow_the_room_is()
    {
        UserDirectory users = new(new ReservedNames());
        RoomPace pace = new();
        TimeSpan pause = TimeSpan.FromHours(6);
        User stays = users.Enter(new QuietTerminal(), 0);
        pace.Note(stays, pause, 1);
        for (int i = 0; i < 1_000; i++)
        {
            User guest = users.Enter(new QuietTerminal(), 0);
            pace.Note(guest, pause, 1);
            users.Leave(guest);
        }

        Assert.InRange(pace.Count, 1, 64);
        Assert.Equal(pause, pace.WaitOf(stays, pause, 1));
    }
}
