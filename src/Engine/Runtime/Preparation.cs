using Engine.OpModel;

namespace Engine.Runtime;

/// <summary>
/// Compiles the inner loops of ops ahead, on a thread beside the one that loads a model. They are compiled for the processor at hand, for which an image that was
/// compiled when it was published is no substitute; without this the first run waits for them.
/// </summary>
public static class Preparation
{
    private static readonly HashSet<string> Done = [];

    /// <summary>Begins, unless there is one processor only. Each op is prepared once in a process.</summary>
    /// <param name="registry">The ops.</param>
    /// <param name="isUsed">Whether a model may have an op; called on the other thread.</param>
    public static void Begin(OpRegistry registry, Func<string, bool> isUsed)
    {
        if (Environment.ProcessorCount > 1)
            new Thread(() => Run(registry, isUsed)) { IsBackground = true, Name = "Engine preparation" }.Start();
    }

    private static void Run(OpRegistry registry, Func<string, bool> isUsed)
    {
        foreach (var op in registry.Prepared)
        {
            try
            {
                if (isUsed(op) && IsFirst(op))
                    registry.Find(op)?.Prepare?.Invoke();
            }
            catch (EngineException)
            {
                // What fails here fails when it runs, where somebody hears of it.
            }
        }
    }

    private static bool IsFirst(string op)
    {
        lock (Done)
            return Done.Add(op);
    }
}
