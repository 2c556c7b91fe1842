namespace AotChat.Chat;

/// <summary>
/// One <see cref="LineView"/> for each look that differs from the usual one, shared by its readers and forgotten when
/// the last of them gives it back. Owned by the event loop.
/// </summary>
internal sealed class LineViews(LineComposer lines)
{
    private readonly Dictionary<LineLook, LineView> _views = [];

    /// <summary>How many looks are in use beside the usual one.</summary>
    public int Count => _views.Count;

    /// <summary>Finds or makes the view of a look for one more reader; null for the usual look.</summary>
    public LineView? Take(LineLook look)
    {
        if (look == default)
        {
            return null;
        }

        if (!_views.TryGetValue(look, out LineView? view))
        {
            view = new LineView(lines, look);
            _views.Add(look, view);
        }

        view.Readers++;
        return view;
    }

    /// <summary>Takes a view back from one reader. What it shows stays valid until the end of the turn.</summary>
    public void Return(LineView? view)
    {
        if (view is not null && --view.Readers == 0)
        {
            _views.Remove(view.Look);
        }
    }
}
