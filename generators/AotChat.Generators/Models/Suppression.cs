namespace AotChat.Generators.Models;

/// <summary>The diagnostics that the compiler would report where generated code uses obsolete or experimental symbols of the author.</summary>
/// <param name="Ids">The IDs to switch off by a pragma, besides those that are off in every generated file.</param>
/// <param name="IsError">Whether a use is an error that no pragma switches off (CS0619). Code that is obsolete itself may use the symbol.</param>
internal sealed record Suppression(EquatableArray<string> Ids, bool IsError)
{
    /// <summary>The union of those of several models.</summary>
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
