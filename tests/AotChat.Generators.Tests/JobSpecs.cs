using System.Buffers.Binary;

namespace AotChat.Generators.Tests;

/// <summary>How jobs cross the pipe, and what does not.</summary>
public sealed class JobSpecs
{
    private const string Types = """

        public enum Mood : byte { Good = 1, Bad = 7 }

        [Flags] public enum Rights { None = 0, Read = 1, Write = 2, Both = 3 }

        public sealed record Point(int X, int Y);

        public readonly record struct Line(Point From, Point To, string @class);

        public sealed record Picture(string Title, Point[] Corners, byte[] Pixels, Mood Mood, Rights[] Rights, string[][] Words, DateTimeOffset Taken);
        """;

    [Fact]
    public async Task A_job_and_its_stub_understand_each_other()
    {
        LoadedChat chat = LoadedChat.With("""
            [Job] internal static string Join(bool a, int b, long c, double d, string e, Uri f) => FormattableString.Invariant($"{a} {b} {c} {d} {e} {f}");

            [Job] internal static async Task<long> CountAsync(string text, CancellationToken token)
            {
                await Task.Yield();
                token.ThrowIfCancellationRequested();
                return text.Length;
            }

            public static async Task<string> Call()
            {
                AotChat.Workers.IJobRunner jobs = new AotChat.Workers.DirectRunner();
                return await AotChat.Commands.JobStubs.JoinAsync(jobs, true, -1, long.MaxValue, 0.5, "ä b", new Uri("http://h/"))
                    + " " + await AotChat.Commands.JobStubs.CountAsync(jobs, "four");
            }
            """);

        Assert.Equal("True -1 9223372036854775807 0.5 ä b http://h/ 4", await chat.CallAsync("Call"));
    }

    [Fact]
    public async Task Records_arrays_enums_and_times_cross_the_pipe()
    {
        Project project = Project.Create(Project.Commands("""
            [Job] internal static Picture Mirror(Picture picture, TimeSpan later) => picture with
            {
                Corners = [.. picture.Corners.Reverse()], Taken = picture.Taken + later, Pixels = [.. picture.Pixels, 9],
            };

            [Job] internal static System.Numerics.BigInteger[] Double(System.Numerics.BigInteger[] numbers) => [.. numbers.Select(n => n * 2)];

            public static async Task<string> Call()
            {
                AotChat.Workers.IJobRunner jobs = new AotChat.Workers.DirectRunner();
                Picture seen = new("ü", [new(1, 2), new(-3, 4)], [7, 8], Mood.Bad, [Rights.Both, Rights.None], [["a"], [], ["b", ""]],
                    new DateTimeOffset(2024, 2, 29, 23, 0, 0, TimeSpan.FromMinutes(-90)));
                Picture mirrored = await AotChat.Commands.JobStubs.MirrorAsync(jobs, seen, TimeSpan.FromHours(1));
                System.Numerics.BigInteger[] doubled = await AotChat.Commands.JobStubs.DoubleAsync(jobs, [System.Numerics.BigInteger.Pow(2, 200), -5, 0]);
                return $"{mirrored.Title} {mirrored.Corners[0]} {mirrored.Corners[1]} {string.Join(",", mirrored.Pixels)} {mirrored.Mood} "
                    + $"{string.Join(",", mirrored.Rights)} {string.Join("/", mirrored.Words.Select(words => string.Join(",", words)))} "
                    + $"{mirrored.Taken:yyyy-MM-ddTHH:mm:sszzz} {(doubled[0] == System.Numerics.BigInteger.Pow(2, 201))} {doubled[1]} {doubled[2]}";
            }
            """) + Types);

        Assert.Empty(project.CompilerDiagnostics());
        Assert.Equal(
            "ü Point { X = -3, Y = 4 } Point { X = 1, Y = 2 } 7,8,9 Bad Both,None a//b, 2024-03-01T00:00:00-01:30 True -10 0",
            await new LoadedChat(project.Load()).CallAsync("Call"));
    }

    [Fact]
    public async Task A_job_is_refused_that_does_not_exist_or_whose_arguments_are_of_another_length()
    {
        LoadedChat chat = LoadedChat.With(Raw("[Job] internal static int Half(int n) => n / 2;"));
        Task<string> Call(int job, params byte[] arguments) => chat.CallAsync("Call", job, arguments);

        Assert.Equal("Half of 1: 4", await Call(0, 8, 0, 0, 0));
        Assert.Equal("refused", await Call(0, 8, 0, 0));
        Assert.Equal("refused", await Call(0, 8, 0, 0, 0, 0));
        Assert.Equal("refused", await Call(1, 8, 0, 0, 0));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public async Task A_count_that_the_payload_has_no_room_for_is_refused_before_anything_is_allocated(int count)
    {
        LoadedChat chat = LoadedChat.With(Raw("[Job] internal static int Area(Point[] corners) => corners.Length;"), Types);
        byte[] payload = new byte[4 + (2 * 8)];
        BinaryPrimitives.WriteInt32LittleEndian(payload, count);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("refused", await chat.CallAsync("Call", 0, payload));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Theory]
    [InlineData("Mood", 1, true)]
    [InlineData("Mood", 2, false)]
    [InlineData("Mood", 257, false)]
    [InlineData("Rights", 3, true)]
    [InlineData("Rights", 4, false)]
    [InlineData("Rights", 1L << 40, false)]
    public async Task Only_members_of_an_enum_are_read(string type, long value, bool isRead)
    {
        LoadedChat chat = LoadedChat.With(Raw($"[Job] internal static int Feel({type} value) => 1;"), Types);
        byte[] payload = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(payload, value);

        Assert.Equal(isRead ? "Feel of 1: 1" : "refused", await chat.CallAsync("Call", 0, payload));
    }

    [Fact]
    public async Task No_payload_does_anything_but_run_or_be_refused()
    {
        LoadedChat chat = LoadedChat.With(
            Raw("[Job] internal static int Look(Picture picture, TimeSpan time, System.Numerics.BigInteger n, Uri url, bool flag) => 1;"), Types);
        Random random = new(12345);
        for (int i = 0; i < 2_000; i++)
        {
            byte[] payload = new byte[random.Next(0, 200)];
            random.NextBytes(payload);

            // Mostly small numbers, so that more than the first length is looked at.
            for (int at = 0; at < payload.Length; at++)
            {
                payload[at] = random.Next(4) == 0 ? payload[at] : (byte)(at % 4 == 0 ? random.Next(3) : 0);
            }

            Assert.Contains(await chat.CallAsync("Call", 0, payload), new[] { "refused", "Look of 1: 1" });
        }
    }

    [Fact]
    public void The_table_of_jobs_says_what_their_attributes_say()
    {
        string table = Project.Create(Project.Commands("""
            [Job(Lane = JobLane.Io, IsIdempotent = false, TimeLimitSeconds = 5, MemoryLimitMiB = 64)] internal static int Ask() => 1;
            """)).Generated("JobTable.g.cs");

        Assert.Contains("""new("Ask", JobLane.Io, IsIdempotent: false, TimeLimitSeconds: 5, MemoryLimitMiB: 64),""", table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Job] internal static int Work(int n) => 1;", "[Job] internal static int Work(int other) => 2;", true)]
    [InlineData("[Job] internal static int Work(int n) => 1;", "[Job] internal static int Work(long n) => 1;", false)]
    [InlineData("[Job] internal static int Work(int n) => 1;", "[Job] internal static int Play(int n) => 1;", false)]
    [InlineData("[Job] internal static int Work(int n) => 1;", "[Job] internal static int Work(int[] n) => 1;", false)]
    [InlineData("[Job] internal static int Work(P p) => 1; internal sealed record P(int X, int Y);", "[Job] internal static int Work(P p) => 1; internal sealed record P(int Y, int X);", false)]
    [InlineData("[Job] internal static int Work(M m) => 1; internal enum M { A, B }", "[Job] internal static int Work(M m) => 1; internal enum M { B, A }", false)]
    public void The_signature_changes_with_all_that_both_ends_must_agree_upon(string before, string after, bool isSame) =>
        Assert.Equal(isSame, SignatureLine(before) == SignatureLine(after));

    [Fact]
    public void Two_records_of_one_name_are_told_apart() => Assert.Empty(Project.Create(Project.Commands("""
        [Job] internal static int Work(A.Same a, B.Same b, A.Same[] c) => 1;
        """) + """

        public static class A { public sealed record Same(int X); }
        public static class B { public sealed record Same(string X); }
        """).CompilerDiagnostics());

    [Theory]
    [InlineData("sealed record R(int A) { public int A { get; } = A * 2; }")]
    [InlineData("sealed record R(int A) { public int A { get; init; } = A; }")]
    [InlineData("sealed record R(int A) { public int A => 1; private readonly int _b = A; }")]
    [InlineData("sealed record R(int A) { private int A { get; } = A; }")]
    [InlineData("sealed record R(int A, int B) { public int B { get; set; } = A + B; }")]
    [InlineData("sealed record R(int A) { public readonly int A = A * 2; }")]
    [InlineData("sealed record R { public R(int A) => this.A = A * 2; public int A { get; } }")]
    [InlineData("sealed record R(string T) { public string T => \"\"; public int A { get; } = T.Length; }")]
    [InlineData("sealed partial record R(int A); sealed partial record R { public int A { get; } = A * 2; }")]
    [InlineData("readonly record struct R(int A) { public int A { get; } = A * 2; }")]
    [InlineData("record struct R(int A) { private int A = A * 2; }")]
    [InlineData("record struct R { public R(int A) => this.A = A * 2; public int A { get; set; } }")]
    public void A_record_whose_properties_may_not_be_what_its_constructor_took_is_flagged(string record) =>
        Project.AssertFlagged("CHAT102", "R", "[Job] internal static int Work(R r) => 1;", "\npublic " + record.Replace(" sealed partial", " public sealed partial", StringComparison.Ordinal));

    [Fact]
    public void A_redeclared_property_of_a_record_is_named()
    {
        string message = Project.AssertFlagged(
            "CHAT102", "R", "[Job] internal static int Work(R r) => 1;", "\npublic sealed record R(int A, int B) { public int B { get; } = B * 2; }").GetMessage(null);

        Assert.Equal("A 'R' can't cross the pipe: B: the record declares it again, and may change its value", message);
    }

    private static string SignatureLine(string job) => Project.Create(Project.Commands(job)).Generated("JobTable.g.cs")
        .Split('\n').Single(line => line.Contains("Signature =", StringComparison.Ordinal));

    // A job that returns an int, and a way to call it with any bytes.
    private static string Raw(string job) => job + """

        public static async Task<string> Call(int job, byte[] arguments)
        {
            try
            {
                System.Buffers.ArrayBufferWriter<byte> result = new();
                await AotChat.Workers.JobTable.RunAsync((ushort)job, arguments, result, CancellationToken.None);
                return $"{AotChat.Workers.JobTable.NameOf((ushort)job)} of {AotChat.Workers.JobTable.Count}: {result.WrittenSpan[0]}";
            }
            catch (InvalidDataException)
            {
                return "refused";
            }
        }
        """;
}
