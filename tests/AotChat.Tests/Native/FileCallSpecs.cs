using AotChat.Native;

namespace AotChat.Tests.Native;

/// <summary>What is asked of the system about descriptors.</summary>
public sealed class FileCallSpecs
{
    [Fact]
    public void Open_descriptors_are_counted_by_one_call()
    {
        // The standard streams are open in every test run; others come and go while this runs.
        Assert.Equal(3, FileCalls.CountOpen(3));
        Assert.InRange(FileCalls.CountOpen(1_024), 4, 1_023);
    }
}
