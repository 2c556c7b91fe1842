namespace AotChat.Workers;

/// <summary>What a frame on the pipe between server and worker says.</summary>
internal enum FrameKind : byte
{
    /// <summary>Worker: ready for jobs. Payload: the signature of its job table, 8 bytes.</summary>
    Ready = 1,

    /// <summary>Server: run a job. Payload: the job's index, 2 bytes, and its arguments.</summary>
    Run = 2,

    /// <summary>Worker: the job is done. Payload: its result.</summary>
    Result = 3,

    /// <summary>Worker: the job failed. Payload: the reason for the user, UTF-8.</summary>
    Failure = 4,
}
