using AotChat.Generators.Models;

namespace AotChat.Generators.Emit;

/// <summary>Writes the server's end of the jobs: a method on the job runner for each.</summary>
internal static class JobStubsEmitter
{
    // The generated method's own names, and what it calls.
    private static readonly string[] Own = ["jobs", "payload", "writer", "answer", "reader", "result", "cancellationToken", "JobCodec"];

    public static string Emit(EquatableArray<JobModel> jobs, PayloadCode payloads)
    {
        SourceWriter source = new(Suppression.Of(jobs));
        // Where commands stand, so that they need no using for it.
        JobTableEmitter.EmitUsings(source, "AotChat.Commands");
        source.Line("/// <summary>The jobs as commands call them: each runs in a worker process.</summary>");
        source.Line("internal static class JobStubs");
        source.Open();
        for (int i = 0; i < jobs.Count; i++)
        {
            if (i > 0)
            {
                source.Line();
            }

            EmitStub(source, jobs[i], i, payloads);
        }

        source.Close();
        return source.ToString();
    }

    private static void EmitStub(SourceWriter source, JobModel job, int index, PayloadCode payloads)
    {
        LocalNames names = new(Own, job.Parameters.Select(parameter => parameter.Name));
        (PayloadModel Payload, string Value)[] arguments =
            [.. job.Parameters.Select(parameter => (parameter.Payload, names.ValueOf(parameter.Name)))];
        source.Line($"/// <summary>Runs <c>{job.Name}</c> in a worker.</summary>");
        source.Line("/// <exception cref=\"JobFailedException\">There is no result; the message says why, for the user.</exception>");
        foreach (string attribute in job.StubAttributes)
        {
            source.Line(attribute);
        }

        source.Line($"public static async ValueTask<{job.Result.Type}> {job.Name}Async(");
        string parameters = string.Concat(arguments.Select(argument => $"{argument.Payload.Type} {argument.Value}, "));
        source.Line($"    this IJobRunner jobs, {parameters}CancellationToken cancellationToken = default)");
        source.Open();
        source.Line("var payload = new ArrayBufferWriter<byte>();");
        if (arguments.Length > 0)
        {
            source.Line("var writer = new PayloadWriter(payload);");
            foreach ((PayloadModel payload, string value) in arguments)
            {
                source.Line(payloads.Write(payload, value) + ";");
            }
        }

        source.Line();
        source.Line($"ReadOnlyMemory<byte> answer = await jobs.RunAsync({index}, payload.WrittenMemory, cancellationToken);");
        source.Line("var reader = new PayloadReader(answer.Span);");
        source.Line($"{job.Result.Type} result = {payloads.Read(job.Result)};");
        source.Line("reader.EnsureEnd();");
        source.Line("return result;");
        source.Close();
    }
}
