using System.Runtime.CompilerServices;
using AotChat.Configuration;
using AotChat.Limits;
using AotChat.Tests.Simulation;
using AotChat.Workers;
using AotChat.Workers.Pool;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Workers.Pool;

/// <summary>For how long calls and users are blamed, and what is said and kept of it.</summary>
public sealed class QuarantineSpecs
{
    private readonly FakeTimeProvider _time = new();
    private readonly Quarantine _quarantine;

    public QuarantineSpecs() => _quarantine = new Quarantine(_time);

    [Fact]
    public void A_call_and_its_user_are_blamed_for_exactly_so_long()
    {
        _quarantine.Blame(1, "a"u8, "alice");
        _time.Advance(ChatOptions.QuarantineTime - TimeSpan.FromTicks(1));
        Assert.Equal((true, ChatOptions.QuarantineLosses), (_quarantine.Holds(1, "a"u8), _quarantine.CrashesOf("alice")));

        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal((false, 0), (_quarantine.Holds(1, "a"u8), _quarantine.CrashesOf("alice")));
    }

    [Fact]
    public void A_user_is_not_kept_when_the_time_is_over()
    {
        WeakReference user = BlameAndWait();
        GC.Collect();

        Assert.False(user.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        WeakReference BlameAndWait()
        {
            object owner = new();
            _quarantine.Blame(1, "a"u8, owner);
            _time.Advance(ChatOptions.QuarantineTime);
            Assert.Equal(0, _quarantine.CrashesOf(owner));
            return new WeakReference(owner);
        }
    }

    [Fact]
    public void That_a_user_is_paused_is_said_once_however_many_jobs_are_lost()
    {
        RecordingLogger log = new();
        JobLosses losses = new(_quarantine, new SuppressionGate(new RateBudget(_time, 100, 1), _ => { }), log);
        for (uint id = 1; id <= 4; id++)
        {
            Job job = new(id, new JobRequest(PoolFixture.Cpu, new[] { (byte)id }, "alice", default, null, "call"), JobTable.InfoOf(PoolFixture.Cpu), now: 0);
            Assert.True(losses.MayRunAgain(job));
            Assert.False(losses.MayRunAgain(job));
        }

        Assert.Single(log.Entries, entry => entry.Message.StartsWith("Jobs of alice have crashed ", StringComparison.Ordinal));
    }
}
