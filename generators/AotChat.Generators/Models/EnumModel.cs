namespace AotChat.Generators.Models;

/// <summary>An enum as the emitters need it.</summary>
/// <param name="Type">Its full name, from <c>global::</c> on.</param>
/// <param name="Name">Its last name, for what is named after it.</param>
/// <param name="IsFlags">Whether its members may be combined.</param>
/// <param name="Members">Its members, in the order of their declaration.</param>
internal sealed record EnumModel(string Type, string Name, bool IsFlags, EquatableArray<EnumMemberModel> Members);
