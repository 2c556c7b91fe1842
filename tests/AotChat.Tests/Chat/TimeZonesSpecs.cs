using System.Text;
using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Tests.Configuration;

namespace AotChat.Tests.Chat;

/// <summary>Time zones as readers ask for them.</summary>
public sealed class TimeZonesSpecs : IDisposable
{
    private readonly ZoneFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_name_is_answered_the_same_whatever_was_asked_before()
    {
        string[] typed = ["europe/vienna", "EUROPE/VIENNA", "Europe/Vienna", "asia/tokyo", "Asia/TOKYO", "Europe/Wien", "utc", "etc/utc", "Etc/UTC"];
        Random random = new(1);
        Dictionary<string, string?> answers = [];

        for (int round = 0; round < 20; round++)
        {
            TimeZones zones = new(ZoneDirectory.OfMachine);
            foreach (string name in Enumerable.Range(0, 20).Select(_ => typed[random.Next(typed.Length)]))
            {
                string? id = Find(zones, name)?.Id;
                Assert.Equal(answers.TryAdd(name, id) ? id : answers[name], id);
            }
        }

        Assert.Equal(["Europe/Vienna", "Europe/Vienna", "Europe/Vienna", "Asia/Tokyo", "Asia/Tokyo", null, "UTC", "Etc/UTC", "Etc/UTC"], typed.Select(name => answers[name]));
    }

    [Fact]
    public void Any_number_of_zones_is_remembered_up_to_the_limit()
    {
        string[] names = [.. Enumerable.Range(0, 10 * ChatOptions.ZonesRemembered).Select(i => $"Zone{i}")];
        TimeZones zones = new(_folder.Add(names).Names, Custom);

        foreach (string name in names)
        {
            Assert.Equal(name, Find(zones, name)?.Id);
            Assert.InRange(zones.Count, 1, ChatOptions.ZonesRemembered);
        }
    }

    [Fact]
    public void The_runtime_is_told_to_forget_zones_too()
    {
        TimeZoneInfo before = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");
        TimeZones zones = new(ZoneDirectory.OfMachine);

        foreach (TimeZoneInfo zone in TimeZoneInfo.GetSystemTimeZones().Take(ChatOptions.ZonesRemembered + 1))
        {
            Find(zones, zone.Id);
        }

        Assert.NotSame(before, TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna"));
    }

    [Fact]
    public void A_zone_is_read_once_by_the_name_of_its_file()
    {
        List<string> read = [];
        TimeZones zones = new(_folder.Add("Europe/Vienna").Names, id =>
        {
            read.Add(id);
            return Custom(id);
        });

        Assert.Same(Find(zones, "europe/vienna"), Find(zones, "EUROPE/Vienna"));
        Assert.Equal(["Europe/Vienna"], read);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_no_zone()
    {
        TimeZones zones = new(_folder.Add("Broken").Names, _ => null);

        Assert.Null(Find(zones, "Broken"));
        Assert.True(zones.HasData);
    }

    [Theory]
    [InlineData("")]
    [InlineData("é")]
    [InlineData("Europe/Vienna\0")]
    public void A_word_that_is_no_name_finds_no_zone(string name) => Assert.Null(Find(new TimeZones(ZoneDirectory.OfMachine), name));

    [Fact]
    public void A_line_of_the_longest_kind_finds_no_zone() => Assert.Null(Find(new TimeZones(ZoneDirectory.OfMachine), new string('a', 4_096)));

    private static TimeZoneInfo Custom(string id) => TimeZoneInfo.CreateCustomTimeZone(id, TimeSpan.FromHours(1), id, id);

    private static TimeZoneInfo? Find(TimeZones zones, string name) => zones.TryFind(Encoding.UTF8.GetBytes(name), out TimeZoneInfo? zone) ? zone : null;
}
