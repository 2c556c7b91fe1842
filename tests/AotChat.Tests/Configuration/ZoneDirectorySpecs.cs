using System.Diagnostics;
using AotChat.Configuration;

namespace AotChat.Tests.Configuration;

/// <summary>Which names are time zones, and how they are spelled.</summary>
public sealed class ZoneDirectorySpecs : IDisposable
{
    private readonly ZoneFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_name_in_any_case_has_the_spelling_of_its_file()
    {
        string[] names = ["CET", "Europe/Vienna", "America/Argentina/Buenos_Aires", "America/Port-au-Prince", "Etc/GMT+1", "EST5EDT"];
        ZoneDirectory zones = _folder.Add(names).Names;
        Random random = new(1);

        foreach (string name in Enumerable.Range(0, 20).SelectMany(_ => names))
        {
            string typed = string.Concat(name.Select(letter => random.Next(2) == 0 ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter)));
            Assert.Equal(name, zones.Find(typed));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("Europe")]
    [InlineData("Europe/")]
    [InlineData("/Europe/Vienna")]
    [InlineData("Europe//Vienna")]
    [InlineData("./Europe/Vienna")]
    [InlineData("Europe/../CET")]
    [InlineData("Europe/Vienna/")]
    [InlineData("Europe/Vienna/CET")]
    [InlineData("Europe\\Vienna")]
    [InlineData("Europe/Vienna\n")]
    [InlineData("Europe/Wien")]
    [InlineData("CET/CET")]
    [InlineData("C?T")]
    [InlineData("*")]
    [InlineData("zone.tab")]
    [InlineData("leapseconds")]
    [InlineData("short")]
    [InlineData("empty")]
    [InlineData("localtime")]
    [InlineData("posixrules")]
    [InlineData("posix/CET")]
    [InlineData("POSIX/CET")]
    [InlineData("right/CET")]
    [InlineData("a/b/c/d")]
    public void Other_files_folders_and_paths_are_no_zones(string name)
    {
        _folder.Add("CET", "Europe/Vienna", "posix/CET", "right/CET", "localtime", "posixrules", "a/b/c/d");
        _folder.Write("zone.tab", new byte[100]).Write("leapseconds", new byte[100]).Write("short", "TZif"u8.ToArray()).Write("empty", []);

        Assert.Null(_folder.Names.Find(name));
    }

    [Fact]
    public void A_link_is_a_zone_where_it_leads_to_one_of_the_folder()
    {
        using ZoneFolder elsewhere = new ZoneFolder().Add("Mars");
        _folder.Add("Europe/London", "Europe/Paris").Link("GB", "Europe/London").Link("Europe/Belfast", "London").Link("GB-Eire", "GB");
        _folder.Link("Mars", Path.Combine(elsewhere.Path, "Mars")).Link("Planets", elsewhere.Path).Link("Gone", "Europe/Gone").Link("Round", "Round");
        _folder.Link("Again", ".").Link("Folder", "Europe");

        Assert.Equal(["GB", "Europe/Belfast", "GB-Eire"], new[] { "gb", "europe/belfast", "gb-eire" }.Select(_folder.Names.Find));
        Assert.All(
            ["Mars", "Planets/Mars", "Planets", "Gone", "Round", "Again/GB", "Again/Again/GB", "Folder", "Folder/Paris"],
            name => Assert.Null(_folder.Names.Find(name)));
    }

    [Fact]
    public void A_folder_that_is_a_link_itself_has_its_zones_and_their_links()
    {
        using ZoneFolder real = new ZoneFolder().Add("Europe/London").Link("GB", "Europe/London");
        _folder.Link("zoneinfo", real.Path);
        ZoneDirectory zones = new(Path.Combine(_folder.Path, "zoneinfo") + "/");

        Assert.Equal(["Europe/London", "GB"], new[] { "europe/london", "gb" }.Select(zones.Find));
    }

    [Fact]
    public void Of_two_names_that_differ_in_case_alone_one_counts_always()
    {
        ZoneDirectory zones = _folder.Add("cet", "CET").Names;

        Assert.All(["cet", "CET", "Cet"], name => Assert.Equal("CET", zones.Find(name)));
    }

    [Fact]
    public void A_pipe_in_the_folder_is_no_zone_and_holds_up_nobody()
    {
        using Process mkfifo = Process.Start("mkfifo", [Path.Combine(_folder.Path, "Pipe")]);
        mkfifo.WaitForExit();

        Assert.Equal(0, mkfifo.ExitCode);
        Assert.Null(_folder.Names.Find("Pipe"));
    }

    [Fact]
    public void A_folder_without_zones_has_none_until_some_are_installed()
    {
        _folder.Write("zone.tab", new byte[100]).Write("leapseconds", new byte[100]).Write("Europe/readme", new byte[100]);
        ZoneDirectory zones = new(Path.Combine(_folder.Path, "zoneinfo"));

        Assert.False(_folder.Names.HasZones);
        Assert.False(zones.HasZones);
        Assert.Null(zones.Find("Europe/Vienna"));

        _folder.Add("zoneinfo/Europe/Vienna");
        Assert.True(zones.HasZones);
        Assert.Equal("Europe/Vienna", zones.Find("Europe/Vienna"));
    }

    [Fact]
    public void No_folder_at_all_has_no_zones_though_the_present_one_has()
    {
        ZoneDirectory zones = new("");

        Assert.False(zones.HasZones);
        Assert.False(zones.HasFile("CET"));
        Assert.Null(zones.Find("CET"));
    }

    [Fact]
    public void Every_zone_of_this_machine_is_found()
    {
        string[] names = [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)];
        ZoneDirectory zones = new(ZoneDirectory.OfMachine);

        Assert.NotEmpty(names);
        Assert.Equal(names, names.Select(name => zones.Find(name.ToUpperInvariant())));
        Assert.True(zones.HasZones);
    }
}
