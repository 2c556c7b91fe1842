namespace AotChat.Workers.Pool;

/// <summary>
/// The jobs of one lane that wait. Address blocks take turns, and inside a block its users do, so that somebody who submits
/// many jobs, under however many names, waits for those alone. Owned by the event loop.
/// </summary>
internal sealed class JobQueue
{
    // In the order of turns, the next one in front; each has jobs. They are few: the queue is bounded.
    private readonly LinkedList<BlockTurn> _turns = [];

    // Jobs whose worker ended under them: they have waited already, so they go first.
    private readonly List<Retry> _again = [];

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a job behind its owner's others.</summary>
    public void Add(Job job, JobOwner owner)
    {
        TurnOf(owner, TurnOf(owner.Block)).Jobs.Add(job);
        Note(job, owner, 1);
    }

    /// <summary>Adds a job in front of all others.</summary>
    public void AddAgain(Job job, JobOwner owner)
    {
        _again.Add(new Retry(owner, job));
        Note(job, owner, 1);
    }

    /// <summary>Takes a job out; false where it does not wait here.</summary>
    /// <remarks>Most jobs have their end when they are done, and wait nowhere then: those are not searched for.</remarks>
    public bool Remove(Job job) => job.IsWaiting && RemoveWaiting(job);

    /// <summary>Takes the next job whose owner has fewer running than the limit; null where there is none.</summary>
    public Job? Take(int mostRunning)
    {
        if (_again.Count > 0)
        {
            (JobOwner owner, Job job) = _again[0];
            _again.RemoveAt(0);
            Note(job, owner, -1);
            return job;
        }

        for (LinkedListNode<BlockTurn>? block = _turns.First; block is not null; block = block.Next)
        {
            LinkedList<OwnerTurn> users = block.Value.Users;
            for (LinkedListNode<OwnerTurn>? user = users.First; user is not null; user = user.Next)
            {
                if (user.Value.Owner.Running < mostRunning)
                {
                    Job job = user.Value.Jobs[0];
                    user.Value.Jobs.RemoveAt(0);
                    EndTurn(users, user, hasMore: user.Value.Jobs.Count > 0);
                    EndTurn(_turns, block, hasMore: users.Count > 0);
                    Note(job, user.Value.Owner, -1);
                    return job;
                }
            }
        }

        return null;
    }

    /// <summary>All that wait, in the order in which they would be taken if each were done before the next.</summary>
    public IEnumerable<Job> InOrder() => _again.Select(entry => entry.Job)
        .Concat(InTurns([.. _turns.Select(block => InTurns([.. block.Users.Select(user => user.Jobs)]).ToList())]));

    private bool RemoveWaiting(Job job)
    {
        int again = _again.FindIndex(entry => entry.Job == job);
        if (again >= 0)
        {
            Note(job, _again[again].Owner, -1);
            _again.RemoveAt(again);
            return true;
        }

        foreach (BlockTurn block in _turns)
        {
            if (block.Users.FirstOrDefault(turn => turn.Jobs.Contains(job)) is { } user)
            {
                user.Jobs.Remove(job);
                Note(job, user.Owner, -1);
                if (user.Jobs.Count == 0)
                {
                    block.Users.Remove(user);
                }

                if (block.Users.Count == 0)
                {
                    _turns.Remove(block);
                }

                return true;
            }
        }

        return false;
    }

    private static IEnumerable<Job> InTurns(List<Job>[] lines)
    {
        for (int round = 0; Array.Exists(lines, line => line.Count > round); round++)
        {
            foreach (List<Job> line in lines)
            {
                if (line.Count > round)
                {
                    yield return line[round];
                }
            }
        }
    }

    private static void EndTurn<T>(LinkedList<T> turns, LinkedListNode<T> turn, bool hasMore)
    {
        turns.Remove(turn);
        if (hasMore)
        {
            turns.AddLast(turn);
        }
    }

    private BlockTurn TurnOf(JobBlock block)
    {
        foreach (BlockTurn turn in _turns)
        {
            if (turn.Block == block)
            {
                return turn;
            }
        }

        return _turns.AddLast(new BlockTurn(block)).Value;
    }

    private static OwnerTurn TurnOf(JobOwner owner, BlockTurn block)
    {
        foreach (OwnerTurn turn in block.Users)
        {
            if (turn.Owner == owner)
            {
                return turn;
            }
        }

        return block.Users.AddLast(new OwnerTurn(owner)).Value;
    }

    private void Note(Job job, JobOwner owner, int change)
    {
        job.IsWaiting = change > 0;
        owner.Waiting += change;
        owner.Block.Waiting += change;
        Count += change;
    }

    /// <summary>The users of a block who have jobs here, in the order of their turns.</summary>
    private sealed class BlockTurn(JobBlock block)
    {
        public JobBlock Block { get; } = block;

        public LinkedList<OwnerTurn> Users { get; } = [];
    }

    /// <summary>The jobs of one user, the oldest first.</summary>
    private sealed class OwnerTurn(JobOwner owner)
    {
        public JobOwner Owner { get; } = owner;

        public List<Job> Jobs { get; } = [];
    }

    /// <summary>A job that is taken before all that wait, since it has lost its worker.</summary>
    private sealed record Retry(JobOwner Owner, Job Job);
}
