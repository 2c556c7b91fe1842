namespace AotChat.EndToEnd.Tests;

/// <summary>A test that needs root, as a server does that becomes somebody else; elsewhere it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Skip = "It needs root.";
        }
    }
}
