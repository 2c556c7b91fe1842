namespace AotChat.Generators.Models;

/// <summary>What the compiler would report of generated code that uses obsolete or experimental symbols of an author's.</summary>
/// <param name="Ids">The IDs that a pragma switches off, besides those of every generated file.</param>
/// <param name="IsError">Whether a use is an error that no pragma switches off; it is none in code that is obsolete itself.</param>
internal sealed record Suppression(EquatableArray<string> Ids, bool IsError)
{
    /// <summary>All of them together.</summary>
    public static Suppression Of(IEnumerable<INamedModel> models)
    {
        SortedSet<string> ids = new(StringComparer.Ordinal);
        bool isError = false;
        foreach (INamedModel model in models)
        {
            ids.UnionWith(model.Suppression.Ids);
            isError |= model.Suppression.IsError;
        }

        return new(new([.. ids]), isError);
    }
}
