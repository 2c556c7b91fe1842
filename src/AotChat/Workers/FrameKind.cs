namespace AotChat.Workers;

/// <summary>What a frame between server and worker says.</summary>
internal enum FrameKind : byte
{
    /// <summary>
    /// Worker: ready for jobs. Payload: the signature of its job table, 8 bytes; what it can't do, one byte of
    /// <see cref="WorkerLimits"/>; the version of its build, UTF-8.
    /// </summary>
    Ready = 1,

    /// <summary>Server: run a job. Payload: the job's index, 2 bytes, and its arguments.</summary>
    Run = 2,

    /// <summary>Worker: the job is done. Payload: its result.</summary>
    Result = 3,

    /// <summary>Worker: the job failed. Payload: how, one byte of <see cref="JobFailure"/>, and the reason for the user, UTF-8.</summary>
    Failure = 4,

    /// <summary>Server, on the control pipe: stop this job. No payload.</summary>
    Cancel = 5,

    /// <summary>Worker: it is alive, whatever its job does. Payload: its resident memory in bytes, 8 bytes.</summary>
    Heartbeat = 6,
}
