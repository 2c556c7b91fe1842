namespace AotChat.Tests.Simulation;

/// <summary>Accounts in any order of events: each is one user at most, and what was promised is kept.</summary>
public sealed class AccountScheduleSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Each_account_is_one_user_and_no_message_that_was_promised_is_lost(int seed)
    {
        AccountSchedule schedule = new(seed);

        schedule.Run(400);

        Assert.InRange(schedule.Promised, 1, 400);
    }
}
