using System.Text;
using AotChat.Configuration;

namespace AotChat.Tests.Configuration;

/// <summary>What a file of settings may look like.</summary>
public sealed class SettingsFileSpecs
{
    [Theory]
    [InlineData("port = 1", "port=1")]
    [InlineData("  port=1  ", "port=1")]
    [InlineData("port = 1\r\nworkers = 2\r\n", "port=1|workers=2")]
    [InlineData("\uFEFFport = 1\n", "port=1")]
    [InlineData("", "")]
    [InlineData("# a\n\n  ; b\n#port = 1", "")]
    [InlineData("port = 1235  # main", "port=1235")]
    [InlineData("port = 1235\t; main", "port=1235")]
    [InlineData("port = # none", "port=")]
    [InlineData("motd = /a#b;c", "motd=/a#b;c")]
    [InlineData("motd = /a b.txt # c", "motd=/a b.txt")]
    [InlineData("motd = \"/a # b\" # c", "motd=/a # b")]
    [InlineData("motd = \"/a\"", "motd=/a")]
    [InlineData("motd = a=b", "motd=a=b")]
    public void Each_line_sets_one_thing_or_is_a_comment(string text, string settings)
    {
        SettingsFile file = Parse(text);

        Assert.Empty(file.Problems);
        Assert.Equal(settings, string.Join('|', file.Settings.Select(setting => $"{setting.Key}={setting.Value}")));
    }

    [Theory]
    [InlineData("[server]", "chat.ini:1: sections are not supported; write NAME = VALUE")]
    [InlineData("port 1", "chat.ini:1: 'port 1' is not a setting; write NAME = VALUE")]
    [InlineData("= 1", "chat.ini:1: '= 1' is not a setting; write NAME = VALUE")]
    [InlineData("motd = \"/a", "chat.ini:1: motd: a value that begins with a double quote must end with one")]
    [InlineData("motd = \"/a\" b", "chat.ini:1: motd: a value that begins with a double quote must end with one")]
    [InlineData("port = 1\n\nPORT = 2", "chat.ini:3: PORT: it is set in line 1 already; remove one of the two")]
    [InlineData("motd = /\uFFFD", "chat.ini:1: motd: this is not UTF-8; save the file in UTF-8")]
    [InlineData("port = 1\0", "chat.ini: it is not a text file in UTF-8, since it has zero bytes")]
    [InlineData("x\u001b[31m", "chat.ini:1: 'x?[31m' is not a setting; write NAME = VALUE")]
    public void A_wrong_line_is_named_by_its_number(string text, string problem) => Assert.Equal([problem], Parse(text).Problems);

    [Fact]
    public void All_wrong_lines_are_named_at_once() => Assert.Equal(3, Parse("[a]\nb\nport = 1\nport = 2").Problems.Count);

    [Fact]
    public void Random_bytes_are_settings_or_problems_and_nothing_else()
    {
        Random random = new(1);
        for (int i = 0; i < 2_000; i++)
        {
            byte[] bytes = [.. Enumerable.Range(0, random.Next(40)).Select(_ => "=# ;\"[]\n\rab\u00e9"u8[random.Next(12)])];
            SettingsFile file = SettingsFile.Parse("chat.ini", bytes);
            int lines = Encoding.UTF8.GetString(bytes).Split('\n').Count(line => line.Trim() is [not ('#' or ';'), ..]);

            Assert.Equal(lines, file.Settings.Count + file.Problems.Count);
        }
    }

    private static SettingsFile Parse(string text) => SettingsFile.Parse("chat.ini", Encoding.UTF8.GetBytes(text));
}
