using AotChat.Generators.Models;

namespace AotChat.Generators.Emit;

/// <summary>Writes the server's end of the jobs: a method on the job runner for each.</summary>
internal static class JobStubsEmitter
{
    // The generated method's own names.
    private static readonly string[] Own = ["jobs", "payload", "writer", "answer", "reader", "result", "cancellationToken"];

    public static string Emit(EquatableArray<JobModel> jobs)
    {
        SourceWriter source = new();
        source.Line("using System;");
        source.Line("using System.Buffers;");
        source.Line("using System.Threading;");
        source.Line("using System.Threading.Tasks;");
        source.Line();
        source.Line("namespace AotChat.Workers;");
        source.Line();
        source.Line("/// <summary>The jobs as commands call them: each runs in a worker process.</summary>");
        source.Line("internal static class JobStubs");
        source.Open();
        for (int i = 0; i < jobs.Count; i++)
        {
            if (i > 0)
            {
                source.Line();
            }

            EmitStub(source, jobs[i], i);
        }

        source.Close();
        return source.ToString();
    }

    private static void EmitStub(SourceWriter source, JobModel job, int index)
    {
        string result = PayloadCode.TypeOf(job.Result);
        LocalNames names = new(Own, job.Parameters.Select(parameter => parameter.Name));
        (PayloadType Type, string Value)[] arguments = [.. job.Parameters.Select(parameter => (parameter.Type, names.ValueOf(parameter.Name)))];
        string parameters = string.Concat(arguments.Select(argument => $", {PayloadCode.TypeOf(argument.Type)} {argument.Value}"));
        source.Line($"/// <summary>Runs <c>{job.Name}</c> in a worker.</summary>");
        source.Line("/// <exception cref=\"JobFailedException\">There is no result; the message says why, for the user.</exception>");
        source.Line($"public static async ValueTask<{result}> {job.Name}Async(this IJobRunner jobs{parameters}, CancellationToken cancellationToken = default)");
        source.Open();
        source.Line("var payload = new ArrayBufferWriter<byte>();");
        if (job.Parameters.Count > 0)
        {
            source.Line("var writer = new PayloadWriter(payload);");
            foreach ((PayloadType type, string value) in arguments)
            {
                source.Line(PayloadCode.Write(type, "writer", value) + ";");
            }
        }

        source.Line();
        source.Line($"ReadOnlyMemory<byte> answer = await jobs.RunAsync({index}, payload.WrittenMemory, cancellationToken);");
        source.Line("var reader = new PayloadReader(answer.Span);");
        source.Line($"{result} result = {PayloadCode.Read(job.Result, "reader")};");
        source.Line("reader.EnsureEnd();");
        source.Line("return result;");
        source.Close();
    }
}
