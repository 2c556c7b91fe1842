using System.Globalization;
using System.Text;
using AotChat.Generators.Models;

namespace AotChat.Generators.Emit;

/// <summary>Writes the worker's end of the jobs: the table that it dispatches on.</summary>
internal static class JobTableEmitter
{
    public static string Emit(EquatableArray<JobModel> jobs, PayloadCode payloads)
    {
        SourceWriter source = new(Suppression.Of(jobs));
        EmitUsings(source);
        source.Line("/// <summary>The jobs as a worker runs them, by index.</summary>");
        source.Line("internal static class JobTable");
        source.Open();
        source.Line("/// <summary>Stands for the names and signatures of all jobs: both ends of a pipe must have the same.</summary>");
        source.Line($"public const ulong Signature = 0x{SignatureOf(jobs).ToString("X16", CultureInfo.InvariantCulture)}UL;");
        source.Line();
        source.Line("/// <summary>How many jobs there are.</summary>");
        source.Line($"public const int Count = {jobs.Count};");
        source.Line();
        EmitInfos(source, jobs);
        source.Line();
        EmitRun(source, jobs);
        foreach (JobModel job in jobs)
        {
            source.Line();
            EmitJob(source, job, payloads);
        }

        source.Close();
        return source.ToString();
    }

    /// <summary>Begins each of the files about jobs.</summary>
    public static void EmitUsings(SourceWriter source, string space = "AotChat.Workers")
    {
        source.Line("using System;");
        source.Line("using System.Buffers;");
        source.Line("using System.IO;");
        source.Line("using System.Numerics;");
        source.Line("using System.Threading;");
        source.Line("using System.Threading.Tasks;");
        source.Line("using AotChat.Jobs;");
        if (space != "AotChat.Workers")
        {
            source.Line("using AotChat.Workers;");
        }

        source.Line();
        source.Line($"namespace {space};");
        source.Line();
    }

    private static void EmitInfos(SourceWriter source, EquatableArray<JobModel> jobs)
    {
        source.Line("private static readonly JobInfo[] Table =");
        source.Line("[");
        source.Indent();
        foreach (JobModel job in jobs)
        {
            JobTraits traits = job.Traits;
            source.Line(
                $"new({Literal.Text(job.Name)}, JobLane.{traits.Lane}, IsIdempotent: {(traits.IsIdempotent ? "true" : "false")}, "
                + $"TimeLimitSeconds: {traits.TimeLimitSeconds}, MemoryLimitMiB: {traits.MemoryLimitMiB}),");
        }

        source.Unindent().Line("];");
        source.Line();
        source.Line("/// <summary>All jobs, by index.</summary>");
        source.Line("public static ReadOnlySpan<JobInfo> All => Table;");
        source.Line();
        source.Line("/// <summary>What the job of this index says of itself.</summary>");
        source.Line("/// <exception cref=\"InvalidDataException\">There is no such job.</exception>");
        source.Line("public static JobInfo InfoOf(int job) =>");
        source.Line("    (uint)job < (uint)Table.Length ? Table[job] : throw new InvalidDataException($\"There is no job {job}.\");");
        source.Line();
        source.Line("/// <summary>What the job of this index is called.</summary>");
        source.Line("public static string NameOf(ushort job) => InfoOf(job).Name;");
    }

    private static void EmitRun(SourceWriter source, EquatableArray<JobModel> jobs)
    {
        source.Line("/// <summary>Runs the job of this index and writes its result.</summary>");
        source.Line("/// <exception cref=\"InvalidDataException\">There is no such job, or these are not its arguments.</exception>");
        source.Line("public static ValueTask RunAsync(");
        source.Line("    ushort job, ReadOnlyMemory<byte> arguments, IBufferWriter<byte> result, CancellationToken cancellationToken) => job switch");
        source.Open();
        for (int i = 0; i < jobs.Count; i++)
        {
            source.Line($"{i} => Run{jobs[i].Name}(arguments, result, cancellationToken),");
        }

        source.Line("_ => throw new InvalidDataException($\"There is no job {job}.\"),");
        source.Unindent().Line("};");
    }

    private static void EmitJob(SourceWriter source, JobModel job, PayloadCode payloads)
    {
        source.Obsolete(job.Suppression);
        source.Line(
            $"private static {(job.IsAsynchronous ? "async " : "")}ValueTask Run{job.Name}("
            + "ReadOnlyMemory<byte> arguments, IBufferWriter<byte> result, CancellationToken cancellationToken)");
        source.Open();
        source.Line("var reader = new PayloadReader(arguments.Span);");
        for (int i = 0; i < job.Parameters.Count; i++)
        {
            PayloadModel payload = job.Parameters[i].Payload;
            source.Line($"{payload.Type} argument{i} = {payloads.Read(payload)};");
        }

        source.Line("reader.EnsureEnd();");
        IEnumerable<string> values = Enumerable.Range(0, job.Parameters.Count).Select(i => $"argument{i}");
        string call = $"{job.Method}({string.Join(", ", job.TakesToken ? values.Concat(["cancellationToken"]) : values)})";
        source.Line($"{job.Result.Type} value = {(job.IsAsynchronous ? "await " : "")}{call};");
        source.Line("var writer = new PayloadWriter(result);");
        source.Line(payloads.Write(job.Result, "value") + ";");
        if (!job.IsAsynchronous)
        {
            source.Line("return default;");
        }

        source.Close();
    }

    // FNV-1a, 64 bits, over UTF-8: the same on every machine and in every version of the compiler.
    private static ulong SignatureOf(EquatableArray<JobModel> jobs)
    {
        ulong hash = 0xCBF29CE484222325UL;
        foreach (JobModel job in jobs)
        {
            string parameters = string.Join(",", job.Parameters.Select(parameter => parameter.Payload.Signature));
            foreach (byte unit in Encoding.UTF8.GetBytes($"{job.Name}({parameters}):{job.Result.Signature};"))
            {
                hash = unchecked((hash ^ unit) * 0x100000001B3UL);
            }
        }

        return hash;
    }
}
