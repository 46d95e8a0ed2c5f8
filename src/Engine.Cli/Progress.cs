using System.Diagnostics;

namespace Engine.Cli;

/// <summary>Says what long work is doing, on the error stream and only when a person looks on; what takes less than half a second says nothing.</summary>
internal sealed class Progress(Terminal terminal) : IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly Stopwatch watch = new();
    private readonly Lock guard = new();
    private Timer? timer;
    private string text = "";
    private double fraction = -1;
    private bool isShown;

    /// <summary>Begins a piece of work of unknown length.</summary>
    internal void Begin(string work)
    {
        if (!terminal.IsWatched)
            return;
        lock (guard)
        {
            text = work;
            fraction = -1;
            watch.Restart();
            timer ??= new Timer(_ => Draw(), null, Patience, TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>How much of it is done, from 0 to 1.</summary>
    internal void Report(double done)
    {
        lock (guard)
            fraction = Math.Clamp(done, 0, 1);
    }

    /// <summary>The work is done: its line disappears.</summary>
    internal void End()
    {
        lock (guard)
        {
            timer?.Dispose();
            timer = null;
            if (isShown)
                terminal.Error.Write($"\r{new string(' ', text.Length + Width + 20)}\r");
            isShown = false;
        }
    }

    public void Dispose() => End();

    private void Draw()
    {
        lock (guard)
        {
            if (timer is null)
                return;
            isShown = true;
            var seconds = watch.Elapsed.TotalSeconds;
            if (fraction < 0)
            {
                // A mark that runs to and fro.
                var at = (int)(seconds * 10) % (2 * (Width - 3));
                at = at < Width - 3 ? at : 2 * (Width - 3) - at;
                terminal.Error.Write($"\r{text} [{new string(' ', at)}<=>{new string(' ', Width - 3 - at)}] {seconds:0.0} s");
                return;
            }
            var full = (int)(fraction * Width);
            terminal.Error.Write($"\r{text} [{new string('=', full)}{new string(' ', Width - full)}] {100 * fraction:0} %  {seconds:0.0} s");
        }
    }
}
