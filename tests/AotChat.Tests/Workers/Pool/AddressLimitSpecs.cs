using AotChat.Configuration;

namespace AotChat.Tests.Workers.Pool;

/// <summary>One address may have many connections; the pool has room for others all the same.</summary>
public sealed class AddressLimitSpecs
{
    [Fact]
    public async Task An_address_at_its_limit_of_waiting_jobs_is_refused_and_others_are_not()
    {
        PoolFixture pool = new PoolFixture(new ChatOptions { Workers = 1, JobQueue = 16 }).StartReady();
        Task<string>[] accepted = [.. Enumerable.Range(0, 5).Select(i => pool.Submit($"{i}", owner: i, block: 1))];

        Assert.Equal(
            "too many jobs from your address are waiting (limit 4); try again later",
            await PoolFixture.ReasonOf(pool.Submit("one more", owner: "another name", block: 1)));
        Assert.False(pool.Submit("a", owner: pool.Bob, block: 2).IsCompleted);
        Assert.All(accepted, job => Assert.False(job.IsCompleted));

        pool.Launcher.Workers[0].Answer("done");
        Assert.False(pool.Submit("now", owner: "another name", block: 1).IsCompleted);
    }

    [Fact]
    public async Task The_limit_of_waiting_jobs_of_an_address_can_be_set()
    {
        PoolFixture pool = new PoolFixture(new ChatOptions { Workers = 1, JobAddressQueue = 1 }).StartReady();
        _ = pool.Submit("running", owner: 1, block: 1);
        _ = pool.Submit("waiting", owner: 2, block: 1);

        Assert.Equal(
            "too many jobs from your address are waiting (limit 1); try again later",
            await PoolFixture.ReasonOf(pool.Submit("one more", owner: 3, block: 1)));
    }

    [Fact]
    public void Addresses_take_turns_and_inside_of_each_its_users_do()
    {
        PoolFixture pool = new PoolFixture().StartReady();
        foreach (string job in (string[])["1a1", "1a2", "1a3", "1b1", "1c1", "2d1", "2d2"])
        {
            _ = pool.Submit(job, owner: string.Intern(job[..2]), block: (UInt128)job[0]);
        }

        Assert.Equal([2, 4], pool.Jobs.JobsOf("2d").Select(job => job.Position));
        List<string> order = [];
        for (int i = 0; i < 7; i++)
        {
            order.Add(pool.Launcher.Workers[0].LastArgument);
            pool.Launcher.Workers[0].Answer("done");
        }

        Assert.Equal(["1a1", "1a2", "2d1", "1b1", "2d2", "1c1", "1a3"], order);
    }
}
