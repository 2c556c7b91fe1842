namespace AotChat.Tests;

/// <summary>What the one who starts the server reads when it can't start.</summary>
public sealed class StartFailureSpecs
{
    private const string NotEnough =
        "aotchat: not enough memory to start: the limit on memory (ulimit -d, ulimit -v) or on processes and threads (ulimit -u) is too low";

    public static TheoryData<Exception, string> Failures => new()
    {
        { new InsufficientMemoryException(), NotEnough },
        { new TypeInitializationException("X", new IOException("Cannot allocate memory", 12)), NotEnough },
        { new TypeInitializationException("X", new IOException("used by another process", 11)), NotEnough },
        { new TypeInitializationException("X", new IOException("Too many open files", 24)), "aotchat: cannot start: Too many open files" },
        { new InvalidOperationException("two\nlines"), "aotchat: cannot start: two lines" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_failed_start_is_described_in_one_sentence(Exception exception, string sentence) => Assert.Equal(sentence, StartFailure.Describe(exception, withStack: false));

    [Fact]
    public void A_failed_start_has_its_stack_below_when_debugging()
    {
        InvalidOperationException exception = new("x");

        Assert.Equal($"aotchat: cannot start: x\n{exception}", StartFailure.Describe(exception, withStack: true));
    }
}
