using AotChat.Generators.Diagnostics;

namespace AotChat.Generators.Models;

/// <summary>A name that an annotated method wants for itself.</summary>
/// <param name="Name">The name.</param>
/// <param name="Method">The method.</param>
/// <param name="IsAlias">Whether it is one of its other names.</param>
/// <param name="Location">Where it stands.</param>
internal sealed record NameClaim(string Name, string Method, bool IsAlias, LocationInfo Location);
