namespace AotChat.Workers;

/// <summary>
/// The jobs of one lane that wait: users take turns, so that whoever submits many waits for them alone. Owned by the
/// event loop.
/// </summary>
internal sealed class JobQueue
{
    // In the order of turns, the next one in front; each has jobs. Users are few: the queue is bounded.
    private readonly LinkedList<(JobOwner Owner, List<Job> Jobs)> _turns = [];

    // Jobs whose worker ended under them: they have waited already, so they go first.
    private readonly List<(JobOwner Owner, Job Job)> _again = [];

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a job behind its owner's others.</summary>
    public void Add(Job job, JobOwner owner)
    {
        Note(owner, 1);
        for (LinkedListNode<(JobOwner Owner, List<Job> Jobs)>? turn = _turns.First; turn is not null; turn = turn.Next)
        {
            if (turn.Value.Owner == owner)
            {
                turn.Value.Jobs.Add(job);
                return;
            }
        }

        _turns.AddLast((owner, [job]));
    }

    /// <summary>Adds a job in front of all others.</summary>
    public void AddAgain(Job job, JobOwner owner)
    {
        Note(owner, 1);
        _again.Add((owner, job));
    }

    /// <summary>Takes a job out; false where it does not wait here.</summary>
    public bool Remove(Job job)
    {
        int again = _again.FindIndex(entry => entry.Job == job);
        if (again >= 0)
        {
            Note(_again[again].Owner, -1);
            _again.RemoveAt(again);
            return true;
        }

        for (LinkedListNode<(JobOwner Owner, List<Job> Jobs)>? turn = _turns.First; turn is not null; turn = turn.Next)
        {
            if (turn.Value.Jobs.Remove(job))
            {
                Note(turn.Value.Owner, -1);
                if (turn.Value.Jobs.Count == 0)
                {
                    _turns.Remove(turn);
                }

                return true;
            }
        }

        return false;
    }

    /// <summary>Takes the next job whose owner has fewer than so many running; null where there is none.</summary>
    public Job? Take(int mostRunning)
    {
        if (_again.Count > 0)
        {
            (JobOwner owner, Job job) = _again[0];
            _again.RemoveAt(0);
            Note(owner, -1);
            return job;
        }

        for (LinkedListNode<(JobOwner Owner, List<Job> Jobs)>? turn = _turns.First; turn is not null; turn = turn.Next)
        {
            (JobOwner owner, List<Job> jobs) = turn.Value;
            if (owner.Running < mostRunning)
            {
                Job job = jobs[0];
                jobs.RemoveAt(0);
                _turns.Remove(turn);
                if (jobs.Count > 0)
                {
                    _turns.AddLast(turn);
                }

                Note(owner, -1);
                return job;
            }
        }

        return null;
    }

    /// <summary>All that wait, in the order in which they would be taken if each were done before the next.</summary>
    public IEnumerable<Job> InOrder()
    {
        foreach ((_, Job job) in _again)
        {
            yield return job;
        }

        for (int round = 0; _turns.Any(turn => turn.Jobs.Count > round); round++)
        {
            foreach ((_, List<Job> jobs) in _turns.Where(turn => turn.Jobs.Count > round))
            {
                yield return jobs[round];
            }
        }
    }

    private void Note(JobOwner owner, int change)
    {
        owner.Waiting += change;
        Count += change;
    }
}
