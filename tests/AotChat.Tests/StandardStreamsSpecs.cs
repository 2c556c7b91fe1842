using System.Runtime.Versioning;
using AotChat.Logging;

namespace AotChat.Tests;

/// <summary>What becomes of text that a stream does not take; the streams of a process are tested end to end.</summary>
[SupportedOSPlatform("linux")]
public sealed class StandardStreamsSpecs
{
    [Theory]
    [InlineData("/dev/null", FileAccess.Write, null)]
    [InlineData("/dev/full", FileAccess.Write, "No space left on device")]
    [InlineData("/dev/null", FileAccess.Read, "Bad file descriptor")]
    public void A_text_that_cannot_be_written_gives_a_reason_and_no_exception(string path, FileAccess access, string? reason)
    {
        using FileStream file = new(path, FileMode.Open, access);

        Assert.Equal(reason, Write(file, "text"));
    }

    [Fact]
    public void A_long_text_is_written_whole()
    {
        string path = Path.GetTempFileName();
        string text = new('ä', 100_000);
        using (FileStream file = new(path, FileMode.Open, FileAccess.Write))
        {
            Assert.Null(Write(file, text));
        }

        Assert.Equal(text, File.ReadAllText(path));
        File.Delete(path);
    }

    [Fact]
    public void A_reader_that_takes_nothing_is_given_up()
    {
        using System.IO.Pipes.AnonymousPipeServerStream pipe = new(System.IO.Pipes.PipeDirection.Out);

        string? reason = StandardStreams.Write((int)pipe.SafePipeHandle.DangerousGetHandle(), new string('x', 1_000_000), TimeSpan.Zero);

        Assert.Equal("its reader takes nothing", reason);
    }

    private static string? Write(FileStream file, string text) =>
        StandardStreams.Write((int)file.SafeFileHandle.DangerousGetHandle(), text, TimeSpan.FromMinutes(1));
}
