using AotChat.Tests.Simulation;
using AotChat.Transport;
using AotChat.Workers;

namespace AotChat.Tests.Commands;

/// <summary>What one has under way in the background, and who works on it.</summary>
public sealed class PoolCommandSpecs
{
    private readonly SimulatedChat _chat = new();

    [Fact]
    public void A_user_without_jobs_is_told_so() => Assert.Equal(["You have no jobs."], _chat.Connect().Type("jobs").ReadTexts());

    [Theory]
    [InlineData("fib u1000 5", "fib u1000 5")]
    [InlineData("/fib u1000 5", "/fib u1000 5")]
    public void A_job_is_listed_with_the_slash_that_was_typed(string typed, string listed)
    {
        SimulatedClient alice = _chat.Connect();
        alice.Type(typed);

        Assert.Equal([$"Job 1: {listed}, running for 0.0 s"], alice.Type("jobs").ReadTexts());
    }

    [Fact]
    public void A_users_own_jobs_are_listed_as_they_were_typed()
    {
        SimulatedClient alice = _chat.Connect().Type("fib u1000 5", "fib u1000 6");
        SimulatedClient bob = _chat.Connect();

        Assert.Equal(
            ["Job 1: fib u1000 5, running for 0.0 s", "Job 2: fib u1000 6, waiting for 1.0 s, number 1 in line"], alice.Type("jobs").ReadTexts());
        Assert.Equal(["You have no jobs."], bob.Type("jobs").ReadTexts());
    }

    [Fact]
    public void Jobs_of_one_address_are_known_as_such_whoever_asks()
    {
        PeerAddress home = PeerAddress.FromV4([192, 0, 2, 1], 1);
        PeerAddress cafe = PeerAddress.FromV4([192, 0, 2, 2], 1);
        foreach (PeerAddress peer in (PeerAddress[])[home, PeerAddress.FromV4([192, 0, 2, 1], 2), cafe])
        {
            _chat.Connect(peer: peer).Type("fib u1000 5");
        }

        UInt128[] blocks = [.. _chat.Jobs.Requests.Select(request => request.Block)];
        Assert.Equal(blocks[0], blocks[1]);
        Assert.NotEqual(blocks[0], blocks[2]);
    }

    [Fact]
    public void A_call_is_listed_without_control_characters()
    {
        SimulatedClient alice = _chat.Connect().Type("url u1000 http://h/\u001b[2J");

        Assert.All(alice.Type("jobs").ReadTexts(), line => Assert.DoesNotContain('\u001b', line));
    }

    [Fact]
    public void A_job_can_be_cancelled_by_its_owner_alone()
    {
        SimulatedClient alice = _chat.Connect().Type("fib u1000 5");
        SimulatedClient bob = _chat.Connect();

        Assert.Equal(["Job not found: 1"], bob.Type("cancel 1").ReadTexts());
        Assert.Equal(["Cannot compute fib: cancelled", "Job 1 is cancelled"], alice.Type("cancel 1").ReadTexts());
        Assert.Equal(["Job not found: -1"], alice.Type("cancel -1").ReadTexts());
    }

    [Fact]
    public void A_job_ends_when_its_owner_leaves()
    {
        SimulatedClient alice = _chat.Connect();
        _chat.Connect();
        alice.Type("fib u1001 5");
        Assert.Equal(1, _chat.Jobs.Count);

        alice.Transport.Broken = true;
        _chat.Settle();

        Assert.Equal(0, _chat.Jobs.Count);
    }

    [Fact]
    public void Workers_are_listed_with_what_they_do()
    {
        _chat.Jobs.Workers =
        [
            new WorkerStatus(1, JobLanes.Cpu, 4711, JobWorkerState.Busy, 17, TimeSpan.FromSeconds(3), 2, 6_400_000, 0),
            new WorkerStatus(2, JobLanes.Io, 0, JobWorkerState.Starting, 0, TimeSpan.FromHours(3), 0, 0, 4),
        ];

        Assert.Equal(
            [
                "Worker 1 (cpu, process 4711): busy with job 17, up 3.0 s, jobs done: 2, memory: 6.1 MiB, restarts: 0",
                "Worker 2 (io, process 0): starting, up 3 h, jobs done: 0, memory: 0.0 MiB, restarts: 4",
            ],
            _chat.Connect().Type("workers").ReadTexts());
    }

    [Fact]
    public void A_list_without_workers_says_why_there_are_none()
    {
        _chat.Jobs.Troubles = [(JobLanes.Both, "/proc is not mounted"), (JobLanes.Io, "Too many open files")];

        Assert.Equal(
            [
                "No worker can be started: /proc is not mounted. The server tries again every 5 s.",
                "No io worker can be started: Too many open files. The server tries again every 5 s.",
            ],
            _chat.Connect().Type("workers").ReadTexts());
    }
}
