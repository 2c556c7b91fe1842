namespace AotChat.Configuration;

/// <summary>All settings: a new one is one entry here and one property in <see cref="ChatOptions"/>.</summary>
internal static class OptionCatalog
{
    /// <summary>Those of the pool of workers, which takes them on while it runs.</summary>
    public static IReadOnlyList<Option> Pool { get; } =
    [
        Option.Integer(
            "workers", 1, 256, "worker processes, which run jobs (fib, url); about one per core is right",
            static options => options.Workers, static (options, value) => options.Workers = value),
        Option.Integer(
            "io-workers", 0, 255, "workers for jobs that use the network (url); 0 = a quarter, at least one; one worker runs all",
            static options => options.IoWorkers, static (options, value) => options.IoWorkers = value),
        Option.Integer(
            "job-queue", 1, 100_000, "jobs that can wait for a worker; further ones are refused",
            static options => options.JobQueue, static (options, value) => options.JobQueue = value),
        Option.Integer(
            "job-address-queue", 0, 100_000, "jobs of one address that can wait; 0 = a quarter of job-queue",
            static options => options.JobAddressQueue, static (options, value) => options.JobAddressQueue = value),
        Option.Integer(
            "job-user-queue", 1, 100_000, "jobs of one user that can wait",
            static options => options.JobUserQueue, static (options, value) => options.JobUserQueue = value),
        Option.Integer(
            "job-user-running", 1, 256, "jobs of one user that can run at the same time",
            static options => options.JobUserRunning, static (options, value) => options.JobUserRunning = value),
        Option.Integer(
            "job-wait-seconds", 1, 86_400, "seconds that a job can wait for a worker",
            static options => options.JobWaitSeconds, static (options, value) => options.JobWaitSeconds = value),
        Option.Integer(
            "job-soft-seconds", 1, 86_400, "seconds after which a job is told to stop",
            static options => options.JobSoftSeconds, static (options, value) => options.JobSoftSeconds = value),
        Option.Integer(
            "job-grace-seconds", 1, 86_400, "seconds after that until its worker is killed, if the job has not stopped",
            static options => options.JobGraceSeconds, static (options, value) => options.JobGraceSeconds = value),
        Option.Integer(
            "job-memory", 32, 1_000_000, "MiB of memory that a worker can use; a job that needs more fails",
            static options => options.JobMemoryMiB, static (options, value) => options.JobMemoryMiB = value),
        Option.Integer(
            "recycle-jobs", 10, 1_000_000_000, "jobs after which a worker is replaced, give or take 10 %",
            static options => options.RecycleJobs, static (options, value) => options.RecycleJobs = value),
        Option.Integer(
            "recycle-memory", 16, 1_000_000, "MiB of memory above which a worker is replaced",
            static options => options.RecycleMiB, static (options, value) => options.RecycleMiB = value),
        Option.Integer(
            "worker-nice", 0, 19, "nice value of workers, so that the server gets the processor first; 19 = lowest priority",
            static options => options.WorkerNice, static (options, value) => options.WorkerNice = value),
    ];

    /// <summary>In the order in which <c>--help</c> shows them.</summary>
    public static IReadOnlyList<Option> All { get; } =
    [
        Option.List(
            "host", "IP addresses, localhost or unix:PATH, separated by commas",
            "where to listen; 0.0.0.0 lets the whole network in, unencrypted",
            static (options, text) =>
            {
                bool isValid = ListenAddress.TryParseList(text, out IReadOnlyList<ListenAddress>? hosts);
                options.Hosts = hosts ?? options.Hosts;
                return isValid;
            },
            static options => string.Join(',', options.Hosts),
            ListDuplicates.OfHosts),
        Option.Integer(
            "port", 0, 65_535, "TCP port; 0 uses any free port and prints it",
            static options => options.Port, static (options, value) => options.Port = value),
        Option.Text(
            "user", "the name or number of a user, or none", "who the server becomes once it listens, when it is started as root",
            static (options, text) =>
            {
                options.User = text == "none" ? "" : text;
                return text.Length > 0;
            },
            static options => options.User.Length == 0 ? "none" : options.User),
        Option.Integer(
            "max-connections", 1, 1_000_000, "connections open at once; further ones get \"Server is full.\"",
            static options => options.MaxConnections, static (options, value) => options.MaxConnections = value),
        Option.Integer(
            "max-connections-per-address", 0, 1_000_000, "connections open from one address; an IPv6 /64 counts as one address; 0 = no limit",
            static options => options.MaxConnectionsPerAddress, static (options, value) => options.MaxConnectionsPerAddress = value),
        Option.Integer(
            "accept-rate-per-address", 0, 1_000_000, "new connections per second from one address; 0 = no limit",
            static options => options.AcceptRatePerAddress, static (options, value) => options.AcceptRatePerAddress = value),
        Option.Addresses(
            "trusted", "addresses without the two limits above, as this machine always is; also those of proxies",
            static options => options.Trusted, static (options, value) => options.Trusted = value),
        Option.Switch(
            "proxy-protocol", "trusted addresses are proxies, which send a PROXY header (version 1 or 2) first",
            static options => options.ProxyProtocol, static (options, value) => options.ProxyProtocol = value),
        Option.Integer(
            "backlog", 1, 65_535, "connections that can wait to be accepted",
            static options => options.Backlog, static (options, value) => options.Backlog = value),
        Option.Integer(
            "keepalive", 0, 32_767, "seconds of silence after which a connection is probed; 0 = never",
            static options => options.KeepAliveSeconds, static (options, value) => options.KeepAliveSeconds = value),
        Option.Integer(
            "idle-timeout", 0, 1_000_000, "seconds without a line after which a connection is closed; 0 = never",
            static options => options.IdleTimeoutSeconds, static (options, value) => options.IdleTimeoutSeconds = value),
        Option.Integer(
            "flood-burst", 1, 1_000_000, "lines that a user can send at once",
            static options => options.FloodBurst, static (options, value) => options.FloodBurst = value),
        Option.Integer(
            "flood-rate", 0, 1_000_000, "lines per second after that; more lines wait, and none is lost; 0 = no limit",
            static options => options.FloodRate, static (options, value) => options.FloodRate = value),
        Option.Integer(
            "max-line-bytes", 64, 16_384, "bytes in one line; longer lines are skipped",
            static options => options.MaxLineBytes, static (options, value) => options.MaxLineBytes = value),
        Option.Integer(
            "inbox-total", 1024 * 1024, 2_000_000_000, "bytes of input that can wait, of all users together; above it those with most are disconnected",
            static options => options.InboxTotalBytes, static (options, value) => options.InboxTotalBytes = value),
        Option.Integer(
            "outbox-soft", 128 * 1024, 1024 * 1024 * 1024, "unread bytes above which a user misses broadcasts and room lines, and is told how many",
            static options => options.OutboxSoftBytes, static (options, value) => options.OutboxSoftBytes = value),
        Option.Integer(
            "outbox-hard", 256 * 1024, 1024 * 1024 * 1024, "unread bytes above which a user is disconnected",
            static options => options.OutboxHardBytes, static (options, value) => options.OutboxHardBytes = value),
        Option.Integer(
            "outbox-total", 1024 * 1024, 2_000_000_000, "unread bytes of all users together; above it everyone who lags misses lines",
            static options => options.OutboxTotalBytes, static (options, value) => options.OutboxTotalBytes = value),
        Option.Integer(
            "stuck-seconds", 1, 86_400, "seconds above outbox-soft after which a user is disconnected",
            static options => options.StuckSeconds, static (options, value) => options.StuckSeconds = value),
        Option.Integer(
            "hangup-seconds", 1, 3_600, "seconds to run the lines that a user sent before the connection ended",
            static options => options.HangUpSeconds, static (options, value) => options.HangUpSeconds = value),
        Option.Integer(
            "leave-seconds", 1, 3_600, "seconds to send a user the remaining lines when the session ends",
            static options => options.LeaveSeconds, static (options, value) => options.LeaveSeconds = value),
        Option.Integer(
            "drain-seconds", 0, 3_600, "seconds for running jobs to finish when the server stops",
            static options => options.DrainSeconds, static (options, value) => options.DrainSeconds = value),
        .. Pool,
        Option.Addresses(
            "url-allow", "addresses that url can fetch from although they are not public, on any port",
            static options => options.UrlAllow, static (options, value) => options.UrlAllow = value),
        Option.List(
            "url-ports", "port numbers, separated by commas", "ports that url can connect to on public addresses",
            static (options, text) =>
            {
                bool isValid = PortList.TryParse(text, out int[]? ports);
                options.UrlPorts = ports ?? options.UrlPorts;
                return isValid;
            },
            static options => PortList.Show(options.UrlPorts),
            ListDuplicates.OfWords),
        .. RoomOptionCatalog.All,
        .. OperatorOptionCatalog.All,
        .. AccountOptionCatalog.All,
        .. StoreOptionCatalog.All,
        .. LogOptionCatalog.All,
    ];
}
