namespace AotChat.Generators.Models;

/// <summary>A model that is found by a name, which only one may have.</summary>
internal interface INamedModel
{
    /// <summary>The name.</summary>
    string Name { get; }

    /// <summary>The method that it is made of: of two with one name the first by this is kept.</summary>
    string Method { get; }

    /// <summary>The diagnostics that are off in its generated code.</summary>
    Suppression Suppression { get; }
}
