using Engine.Runtime;

namespace Engine.Resources;

/// <summary>One walk through a dataset. For one thread at a time.</summary>
public abstract class DatasetIterator : IDisposable
{
    /// <summary>The next tuple, the caller's to dispose; null at the end. After an error the walk goes on behind the tuple that failed.</summary>
    /// <param name="run">The run that asks: functions are called in it.</param>
    public abstract Tensor[]? Next(RunContext run);

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
