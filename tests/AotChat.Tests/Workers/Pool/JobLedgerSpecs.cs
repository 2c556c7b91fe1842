using AotChat.Workers;
using AotChat.Workers.Pool;

namespace AotChat.Tests.Workers.Pool;

/// <summary>What is known of jobs, and of those who asked for them, as long as there are any.</summary>
public sealed class JobLedgerSpecs
{
    private readonly JobLedger _ledger = new();

    [Fact]
    public void Nothing_is_remembered_of_users_and_addresses_whose_jobs_have_ended()
    {
        Job[] jobs = [NewJob(1, "alice", 7), NewJob(2, "alice", 7), NewJob(3, "bob", 7), NewJob(4, "carol", 8)];
        Array.ForEach(jobs, _ledger.Add);
        Assert.Equal((4, 2), (_ledger.Count, _ledger.RememberedBlocks));

        // One that runs to its end, one that is cancelled while it runs, and two that never run.
        Assert.Same(jobs[0], _ledger.Take(JobLanes.Cpu, mostRunning: 1));
        Assert.Same(jobs[3], _ledger.Take(JobLanes.Cpu, mostRunning: 1));
        _ledger.Remove(jobs[3]);
        Assert.Equal(2, _ledger.RememberedBlocks);
        _ledger.Release(jobs[3]);
        Assert.Equal(1, _ledger.RememberedBlocks);
        _ledger.Release(jobs[0]);
        Array.ForEach(jobs[..3], _ledger.Remove);

        Assert.Equal((0, 0, 0), (_ledger.Count, _ledger.Waiting, _ledger.RememberedBlocks));
    }

    private static Job NewJob(uint id, string owner, UInt128 block) =>
        new(id, new JobRequest(PoolFixture.Cpu, default, owner, block, null, "call"), JobTable.InfoOf(PoolFixture.Cpu), now: 0);
}
