namespace AotChat.Workers.Pool;

/// <summary>
/// The jobs that have not ended, the lines in which they wait, and how many each user and each block of addresses has.
/// Owned by the event loop.
/// </summary>
internal sealed class JobLedger
{
    private readonly JobQueue _cpu = new();
    private readonly JobQueue _io = new();
    private readonly Dictionary<uint, Job> _jobs = [];
    private readonly Dictionary<object, JobOwner> _owners = [];
    private readonly Dictionary<UInt128, JobBlock> _blocks = [];

    /// <summary>How many have not ended.</summary>
    public int Count => _jobs.Count;

    /// <summary>How many wait for a worker.</summary>
    public int Waiting => _cpu.Count + _io.Count;

    /// <summary>How many blocks of addresses are remembered: those with jobs.</summary>
    public int RememberedBlocks => _blocks.Count;

    /// <summary>All that have not ended, as they are now.</summary>
    public Job[] Present => [.. _jobs.Values];

    /// <summary>All that wait, as they are now.</summary>
    public Job[] InLine => [.. _cpu.InOrder(), .. _io.InOrder()];

    /// <summary>How many jobs of this user wait.</summary>
    public int WaitingOf(object owner) => _owners.TryGetValue(owner, out JobOwner? known) ? known.Waiting : 0;

    /// <summary>How many jobs of this block of addresses wait.</summary>
    public int WaitingOf(UInt128 block) => _blocks.TryGetValue(block, out JobBlock? known) ? known.Waiting : 0;

    /// <summary>How many jobs wait in this lane.</summary>
    public int WaitingIn(JobLanes lane) => QueueOf(lane).Count;

    /// <summary>A new job waits.</summary>
    public void Add(Job job)
    {
        JobOwner owner = OwnerOf(job);
        _jobs.Add(job.Id, job);
        QueueOf(job.Lane).Add(job, owner);
    }

    /// <summary>Makes a job that a worker had, or was to have, wait again, in front of all others.</summary>
    public void AddAgain(Job job) => QueueOf(job.Lane).AddAgain(job, OwnerOf(job));

    /// <summary>Takes the next job of a lane whose owner has fewer running than the limit, and counts it as running; null where there is none.</summary>
    public Job? Take(JobLanes lane, int mostRunning)
    {
        if (QueueOf(lane).Take(mostRunning) is not { } job)
        {
            return null;
        }

        OwnerOf(job).Running++;
        return job;
    }

    /// <summary>Notes that a job that was taken no longer runs.</summary>
    public void Release(Job job)
    {
        OwnerOf(job).Running--;
        ForgetIfIdle(job);
    }

    /// <summary>A job has its end: it waits nowhere and is listed no more.</summary>
    public void Remove(Job job)
    {
        QueueOf(job.Lane).Remove(job);
        _jobs.Remove(job.Id);
        ForgetIfIdle(job);
    }

    /// <summary>The job of that number; null where there is none of this user's.</summary>
    public Job? Find(object owner, uint jobId) =>
        _jobs.TryGetValue(jobId, out Job? job) && job.Request.Owner == owner ? job : null;

    /// <summary>The jobs of one user, the oldest first.</summary>
    public IEnumerable<JobStatus> Of(object owner, TimeProvider time)
    {
        Dictionary<Job, int> positions = [];
        foreach (JobQueue queue in (JobQueue[])[_cpu, _io])
        {
            int position = 0;
            foreach (Job waiting in queue.InOrder())
            {
                positions[waiting] = ++position;
            }
        }

        Job[] own = [.. _jobs.Values.Where(job => job.Request.Owner == owner)];
        Array.Sort(own, (one, other) => one.Id.CompareTo(other.Id));
        return own.Select(job => new JobStatus(job.Id, job.Request.Call, positions.GetValueOrDefault(job), time.GetElapsedTime(job.Since)));
    }

    private JobQueue QueueOf(JobLanes lane) => lane == JobLanes.Io ? _io : _cpu;

    private JobOwner OwnerOf(Job job)
    {
        if (!_owners.TryGetValue(job.Request.Owner, out JobOwner? owner))
        {
            if (!_blocks.TryGetValue(job.Request.Block, out JobBlock? block))
            {
                _blocks.Add(job.Request.Block, block = new JobBlock(job.Request.Block));
            }

            _owners.Add(job.Request.Owner, owner = new JobOwner(block));
            block.Owners++;
        }

        return owner;
    }

    private void ForgetIfIdle(Job job)
    {
        if (_owners.TryGetValue(job.Request.Owner, out JobOwner? owner) && owner.IsIdle)
        {
            _owners.Remove(job.Request.Owner);
            if (--owner.Block.Owners == 0)
            {
                _blocks.Remove(owner.Block.Address);
            }
        }
    }
}
