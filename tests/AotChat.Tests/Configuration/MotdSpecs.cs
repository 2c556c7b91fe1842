using AotChat.Configuration;

namespace AotChat.Tests.Configuration;

/// <summary>The file that everybody reads who comes.</summary>
public sealed class MotdSpecs : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("Be kind.\n\nAnd brief.\n\n\n", "Be kind.||And brief.")]
    [InlineData("Be kind.\r\nAnd brief.", "Be kind.|And brief.")]
    [InlineData("\uFEFFBe kind.\n", "Be kind.")]
    [InlineData("\n\n", "")]
    public void A_message_of_the_day_is_shown_without_empty_lines_at_its_end(string text, string lines)
    {
        File.WriteAllText(_file, text);

        Assert.Equal(lines, string.Join('|', Assert.IsType<StartRequest.Serve>(Read(_file)).Options.MessageOfTheDay));
    }

    [Fact]
    public void A_file_that_is_missing_is_refused()
    {
        File.Delete(_file);

        Assert.StartsWith($"motd: {_file} cannot be read: ", Refused(_file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_too_long_is_refused()
    {
        File.WriteAllBytes(_file, new byte[ChatOptions.MotdBytes + 1]);

        Assert.Equal($"motd: {_file} is too long (limit 16384 bytes)", Refused(_file));
    }

    [Fact]
    public void A_folder_is_refused() =>
        Assert.StartsWith($"motd: {Path.GetTempPath()} cannot be read: ", Refused(Path.GetTempPath()), StringComparison.Ordinal);

    [Fact]
    public void A_server_without_a_message_of_the_day_is_allowed() => Assert.Empty(Assert.IsType<StartRequest.Serve>(Read("none")).Options.MessageOfTheDay);

    private static StartRequest Read(string path) => ChatConfiguration.Read(["--motd", path], new Dictionary<string, string?>());

    private static string Refused(string path) => Assert.Single(Assert.IsType<StartRequest.Refuse>(Read(path)).Problems);
}
