using AotChat.Store;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Store;

/// <summary>What the log and users hear of a disk that fails, or does not answer.</summary>
public sealed class DiskHealthSpecs
{
    private readonly RecordingLogger _log = new();
    private readonly DiskHealth _health;

    public DiskHealthSpecs() => _health = new DiskHealth(_log);

    [Fact]
    public void A_disk_that_fails_is_told_once_and_so_is_its_end()
    {
        _health.Fail("the disk is full");
        _health.Fail("the disk is full");
        Assert.Equal("the disk is full", _health.Problem);
        _health.Recover();
        _health.Recover();

        Assert.Null(_health.Problem);
        Assert.Equal(2, _log.Entries.Count);
    }

    [Fact]
    public void A_write_that_has_begun_just_now_is_no_silence()
    {
        _health.Begin();
        _health.NoteSilence();

        Assert.Null(_health.Problem);
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public void A_disk_that_does_not_answer_is_told_once_and_so_is_its_end()
    {
        _health.BeginAt(1);
        Assert.StartsWith("the disk has not answered for ", _health.Problem, StringComparison.Ordinal);
        _health.NoteSilence();
        _health.NoteSilence();
        _health.Recover();
        _health.End();

        Assert.Null(_health.Problem);
        Assert.Equal(2, _log.Entries.Count);
        Assert.StartsWith("Nothing can be written to disk: the disk has not answered for ", _log.Entries[0].Message, StringComparison.Ordinal);
        Assert.StartsWith("The disk takes everything again, after ", _log.Entries[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_that_does_not_answer_and_then_fails_is_one_trouble()
    {
        _health.BeginAt(1);
        _health.NoteSilence();
        _health.End();
        _health.Fail("the disk reports an error");
        Assert.Equal("the disk reports an error", _health.Problem);
        _health.Recover();

        Assert.Equal(2, _log.Entries.Count);
    }
}
