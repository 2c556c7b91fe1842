using AotChat.Generators.Models;

namespace AotChat.Generators.Emit;

/// <summary>How the types that cross the pipe are written in C# and on the pipe: which of them need a codec, and what each is called.</summary>
internal sealed class PayloadCode
{
    private readonly List<(PayloadModel Payload, string Name)> _codecs = [];
    private readonly Dictionary<string, string> _nameByType = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Looks through all that the jobs take and give.</summary>
    public PayloadCode(EquatableArray<JobModel> jobs)
    {
        foreach (JobModel job in jobs)
        {
            foreach (PayloadMemberModel parameter in job.Parameters)
            {
                Add(parameter.Payload);
            }

            Add(job.Result);
        }
    }

    /// <summary>The types that need a codec of their own, each behind those that it is made of.</summary>
    public IReadOnlyList<(PayloadModel Payload, string Name)> Codecs => _codecs;

    /// <summary>The call that writes a value.</summary>
    public string Write(PayloadModel payload, string value) =>
        payload.IsComposed ? $"JobCodec.Write{_nameByType[payload.Type]}(writer, {value})" : $"writer.Write{payload.Kind}({value})";

    /// <summary>The call that reads a value.</summary>
    public string Read(PayloadModel payload) =>
        payload.IsComposed ? $"JobCodec.Read{_nameByType[payload.Type]}(ref reader)" : $"reader.Read{payload.Kind}()";

    private void Add(PayloadModel payload)
    {
        if (!payload.IsComposed || _nameByType.ContainsKey(payload.Type))
        {
            return;
        }

        foreach (PayloadMemberModel member in payload.Members)
        {
            Add(member.Payload);
        }

        string name = payload.Label;
        for (int i = 2; !_names.Add(name); i++)
        {
            name = payload.Label + i;
        }

        _nameByType.Add(payload.Type, name);
        _codecs.Add((payload, name));
    }
}
