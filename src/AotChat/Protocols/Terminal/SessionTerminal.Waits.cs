namespace AotChat.Protocols.Terminal;

/// <content>What commands wait for: a sign of life, a secret, everything being sent.</content>
internal sealed partial class SessionTerminal
{
    private PresenceProbe? _probe;
    private SecretQuestion? _question;
    private TaskCompletionSource<bool>? _sent;

    /// <summary>Whether the next line is the answer to a question, and a secret.</summary>
    public bool AsksSecret => _question is not null;

    /// <inheritdoc/>
    public ValueTask<bool> ProbeAsync(TimeSpan limit)
    {
        EndProbe();
        if (session.HasInputWaiting)
        {
            return new ValueTask<bool>(true);
        }

        _probe = new PresenceProbe(server.Loop, limit);
        session.Telnet?.RequestTimingMark();
        return new ValueTask<bool>(_probe.Answer);
    }

    /// <inheritdoc/>
    public void EndProbe()
    {
        _probe?.End();
        _probe = null;
    }

    /// <inheritdoc/>
    public ValueTask<byte[]?> ReadSecretAsync()
    {
        if (_question is not null || _isClosed || _isLeaving)
        {
            return default;
        }

        _question = new SecretQuestion();
        HideEcho(true);
        return new ValueTask<byte[]?>(_question.Answer);
    }

    /// <summary>Ends the question with its answer, or without one.</summary>
    public void EndQuestion(ReadOnlySpan<byte> line)
    {
        if (_question is { } question)
        {
            _question = null;
            question.End(line);
            HideEcho(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> SentAsync()
    {
        if (_isClosed)
        {
            return new ValueTask<bool>(false);
        }

        _sent ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        TouchSession();
        return new ValueTask<bool>(_sent.Task);
    }

    /// <summary>Looks whether everything has been sent that somebody waits for.</summary>
    public void NoteSent()
    {
        if (_sent is not null && _output.Count == 0)
        {
            _sent.TrySetResult(true);
            _sent = null;
        }
    }

    private void HideEcho(bool hides)
    {
        if (!_isClosed)
        {
            session.Telnet?.HideEcho(hides);
        }
    }
}
