using AotChat.Chat;
using AotChat.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Chat;

/// <summary>How often passwords may be tried.</summary>
public sealed class LoginLimitSpecs
{
    private readonly FakeTimeProvider _time = new();
    private readonly LoginLimits _limits;

    public LoginLimitSpecs() => _limits = new LoginLimits(new ChatOptions(), _time);

    [Fact]
    public void In_no_minute_are_more_than_five_heard_for_one_name()
    {
        List<DateTimeOffset> heard = [];
        for (int second = 0; second < 300; second++)
        {
            if (_limits.TryBegin((UInt128)second + 1, "alice"u8, out _))
            {
                heard.Add(_time.GetUtcNow());
            }

            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.All(heard, start => Assert.InRange(heard.Count(one => one >= start && one < start + ChatOptions.LoginWindow), 1, 5));
        Assert.Equal(25, heard.Count);
    }

    [Fact]
    public void A_name_that_looks_alike_counts_as_the_same_and_another_one_does_not()
    {
        for (uint block = 1; block <= 5; block++)
        {
            Assert.True(_limits.TryBegin(block, block % 2 == 0 ? "ALICE"u8 : "a1ice"u8, out _));
        }

        Assert.False(_limits.TryBegin(6, "alice"u8, out TimeSpan wait));
        Assert.Equal(ChatOptions.LoginWindow, wait);
        Assert.True(_limits.TryBegin(6, "bob"u8, out _));
    }

    [Fact]
    public void An_address_is_heard_five_times_whatever_the_names()
    {
        for (int i = 0; i < 5; i++)
        {
            Assert.True(_limits.TryBegin(1, [(byte)('a' + i)], out _));
        }

        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.False(_limits.TryBegin(1, "z"u8, out TimeSpan wait));
        Assert.Equal(TimeSpan.FromSeconds(40), wait);
        Assert.True(_limits.TryBegin(2, "z"u8, out _));
    }

    [Fact]
    public void A_right_password_does_not_count()
    {
        for (int i = 0; i < 50; i++)
        {
            Assert.True(_limits.TryBegin(1, "alice"u8, out _));
            _limits.TakeBack(1, "alice"u8);
        }
    }

    [Fact]
    public void A_check_that_ends_after_its_time_takes_nothing_back_from_others()
    {
        Assert.True(_limits.TryBegin(1, "alice"u8, out _));
        _time.Advance(ChatOptions.LoginWindow);
        Assert.True(_limits.TryBegin(2, "alice"u8, out _));
        _limits.TakeBack(2, "alice"u8);
        _limits.TakeBack(1, "alice"u8);
        _limits.TakeBack(1, "alice"u8);
    }

    [Fact]
    public void The_table_is_bounded_and_forgets_who_has_not_tried_lately()
    {
        AttemptTable<int> table = new(_time, ChatOptions.LoginWindow);
        for (int key = 0; key < 2 * ChatOptions.AttemptsRemembered; key++)
        {
            if (table.WaitOf(key, 5) == TimeSpan.Zero)
            {
                table.Note(key);
            }
        }

        Assert.Equal(ChatOptions.AttemptsRemembered, table.Count);
        Assert.Equal(ChatOptions.LoginWindow, table.WaitOf(-1, 5));
        Assert.Equal(TimeSpan.Zero, table.WaitOf(-1, 0));
        _time.Advance(ChatOptions.LoginWindow);
        Assert.Equal(TimeSpan.Zero, table.WaitOf(-1, 5));
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void An_address_registers_so_many_names_an_hour_and_this_machine_any_number()
    {
        for (int i = 0; i < 10; i++)
        {
            Assert.True(_limits.TryRegister(1, out _));
            Assert.True(_limits.TryRegister(IUserSession.ThisMachine, out _));
            Assert.True(_limits.TryRegister(IUserSession.ThisMachine, out _));
        }

        Assert.False(_limits.TryRegister(1, out TimeSpan wait));
        Assert.Equal(ChatOptions.RegisterWindow, wait);
        _limits.TakeBackRegistration(1);
        Assert.True(_limits.TryRegister(1, out _));
    }
}
