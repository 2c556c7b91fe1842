using AotChat.Configuration;
using AotChat.Tests.Simulation;
using Microsoft.Extensions.Logging;

namespace AotChat.Tests;

/// <summary>What the one who sends SIGHUP is told, and what it does.</summary>
public sealed class SettingsReloadSpecs
{
    private readonly SimulatedChat _chat = new();
    private readonly ChatOptions _inEffect = new();
    private readonly SettingsReload _reload;
    private StartRequest _file = new StartRequest.Serve(new ChatOptions(), []);
    private Action _whileReading = () => { };
    private int _applied;

    public SettingsReloadSpecs() => _reload = new SettingsReload(
        _chat.Loop,
        _inEffect,
        () =>
        {
            StartRequest request = _file;
            _whileReading();
            return request;
        },
        () => _applied++,
        _chat.Log);

    [Fact]
    public void A_reload_without_a_change_says_so()
    {
        Assert.Equal(["The settings were read again; nothing has changed"], Reload(_ => { }));
    }

    [Fact]
    public void A_setting_that_can_change_takes_effect_at_once()
    {
        string[] log = Reload(options =>
        {
            options.Workers = 7;
            options.LogLevel = LogLevel.Debug;
            options.ReservedNames = ["boss"];
        });

        Assert.Equal(["workers is now 7; it was 4", "reserved-names is now boss; it was none", "log-level is now debug; it was info"], log);
        Assert.Equal((7, LogLevel.Debug, 1), (_inEffect.Workers, _inEffect.LogLevel, _applied));
        Assert.Equal(["boss"], _inEffect.ReservedNames);
    }

    [Fact]
    public void A_setting_that_needs_a_restart_is_named_as_long_as_it_differs()
    {
        const string Pending = "port = 7 takes effect after a restart; it is 1235 until then";

        Assert.Equal([Pending], Reload(options => options.Port = 7));
        Assert.Equal([Pending], Reload(options => options.Port = 7));
        Assert.Equal(["The settings were read again; nothing has changed"], Reload(_ => { }));
        Assert.Equal(1235, _inEffect.Port);
    }

    [Fact]
    public void The_text_of_the_message_of_the_day_counts_as_well_as_its_path()
    {
        Assert.Equal(["The message of the day has changed: newcomers read the new one"], Reload(options => options.MessageOfTheDay = ["Be kind."]));
        Assert.Equal(["Be kind."], _inEffect.MessageOfTheDay);
        Assert.Equal(["The settings were read again; nothing has changed"], Reload(options => options.MessageOfTheDay = ["Be kind."]));
    }

    [Fact]
    public void Wrong_settings_change_nothing_and_each_problem_is_a_line()
    {
        _file = new StartRequest.Refuse(["a", "b"]);

        Assert.Equal(["The settings were not changed: a", "The settings were not changed: b"], Read());
        Assert.Equal(0, _applied);
    }

    [Fact]
    public void A_failure_of_reading_changes_nothing()
    {
        _whileReading = () => throw new InvalidOperationException("the disk is on fire");

        Assert.Equal(["The settings were not changed: they cannot be read: the disk is on fire"], Read());
    }

    [Fact]
    public async Task Two_reloads_in_quick_succession_are_applied_in_order()
    {
        using ManualResetEventSlim isReading = new();
        using ManualResetEventSlim goOn = new();
        _file = Settings(options => options.Workers = 5);
        _whileReading = () =>
        {
            isReading.Set();
            goOn.Wait();
        };
        _reload.Start();
        _reload.Ask();
        isReading.Wait();
        _file = Settings(options => options.Workers = 6);
        _reload.Ask();
        goOn.Set();
        while (_chat.Log.Entries.Count < 2)
        {
            await Task.Yield();
            _chat.Settle();
        }

        Assert.Equal(["workers is now 5; it was 4", "workers is now 6; it was 5"], _chat.Log.Entries.Select(entry => entry.Message));
    }

    [Fact]
    public void Each_option_takes_effect_at_once_or_after_a_restart_and_somebody_has_said_which()
    {
        string[] all = [.. OptionCatalog.All.Select(option => option.Name)];

        Assert.Equal(all.Order(), OptionEffects.AtRunTime.Concat(OptionEffects.AtRestart).Order());
        Assert.Equal(all.Length, OptionEffects.AtRunTime.Concat(OptionEffects.AtRestart).Distinct().Count());
    }

    [Fact]
    public void Newcomers_read_the_message_and_find_the_names_taken_that_are_in_effect()
    {
        ChatOptions options = new() { FloodRate = 0 };
        SimulatedChat chat = new(options);
        SimulatedClient alice = chat.Connect();
        options.MessageOfTheDay = ["Maintenance tonight."];
        chat.InLoop(() => chat.Server.Users.Reserve(AotChat.Commands.ServerWords.Reserve(options.MessageOfTheDay, ["acme"])));

        SimulatedClient bob = chat.Connect(readWelcome: false);

        Assert.Contains("Maintenance tonight.", bob.ReadTexts());
        Assert.Equal(
            ["Name is reserved: maintenance", "Name is reserved: acme"],
            alice.Type("nick maintenance", "nick acme").ReadTexts());
    }

    private string[] Reload(Action<ChatOptions> edit)
    {
        _file = Settings(edit);
        return Read();
    }

    private static StartRequest.Serve Settings(Action<ChatOptions> edit)
    {
        ChatOptions options = new();
        edit(options);
        return new StartRequest.Serve(options, []);
    }

    private string[] Read()
    {
        _chat.Log.Entries.Clear();
        _chat.InLoop(_reload.ReadAndApply);
        _chat.Settle();
        return [.. _chat.Log.Entries.Select(entry => entry.Message)];
    }
}
