namespace AotChat.Generators.Emit;

/// <summary>Gives the locals of one generated method names that do not collide with each other or with its own.</summary>
internal sealed class LocalNames(IEnumerable<string> own, IEnumerable<string> parameters)
{
    private readonly HashSet<string> _own = [.. own];
    private readonly HashSet<string> _taken = [.. own, .. parameters];

    /// <summary>The name for a parameter's value: as in the source, where the generated method does not use that itself.</summary>
    public string ValueOf(string parameter) =>
        _own.Contains(parameter) ? Take(parameter + "Argument") : Literal.Identifier(parameter);

    /// <summary>A name like the one wished for.</summary>
    public string Take(string wish)
    {
        while (!_taken.Add(wish))
        {
            wish += "_";
        }

        return wish;
    }
}
