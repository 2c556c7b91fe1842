using System.Runtime.Versioning;
using AotChat.Configuration;

namespace AotChat.Tests.Configuration;

/// <summary>What a path may lead to.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SmallFileSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aotchat-").FullName;

    private string Pipe => Path.Combine(_folder, "pipe");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void A_file_up_to_the_limit_is_read_whole(int length)
    {
        string path = Path.Combine(_folder, "file");
        File.WriteAllBytes(path, new byte[length]);

        Assert.True(SmallFile.TryRead(path, 10, out ReadOnlyMemory<byte> bytes, out _));
        Assert.Equal(length, bytes.Length);
    }

    [Theory]
    [InlineData("/dev/zero", "/dev/zero is too long (limit 10 bytes)")]
    [InlineData("/", "/ cannot be read: Is a directory")]
    [InlineData("/no/such/file", "/no/such/file cannot be read: No such file or directory")]
    [InlineData("", " cannot be read: No such file or directory")]
    [InlineData("/dev\0/null", "/dev?/null cannot be read: it has a zero byte in its name")]
    public void A_file_that_cannot_be_read_is_refused_with_the_reason(string path, string problem)
    {
        Assert.False(SmallFile.TryRead(path, 10, out _, out string said));
        Assert.Equal(problem, said);
    }

    [Fact]
    public void A_long_path_does_not_hide_the_reason()
    {
        Assert.False(SmallFile.TryRead("/" + new string('a', 300), 10, out _, out string problem));
        Assert.EndsWith("… cannot be read: File name too long", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_that_nobody_writes_to_is_given_up()
    {
        MakePipe();

        Assert.False(SmallFile.TryRead(Pipe, 10, out _, out string problem, TimeSpan.FromMilliseconds(1)));
        Assert.Equal($"{Pipe} cannot be read: it is a pipe, or a device, that has not ended in time", problem);
    }

    [Fact]
    public async Task A_pipe_is_read_to_its_end()
    {
        MakePipe();
        Task writer = Task.Run(() => File.WriteAllText(Pipe, "port = 1"));

        Assert.True(SmallFile.TryRead(Pipe, 10, out ReadOnlyMemory<byte> bytes, out _, TimeSpan.FromMinutes(1)));
        Assert.Equal("port = 1"u8.ToArray(), bytes.ToArray());
        await writer;
    }

    private void MakePipe()
    {
        using System.Diagnostics.Process make = System.Diagnostics.Process.Start("mkfifo", Pipe);
        make.WaitForExit();
    }
}
