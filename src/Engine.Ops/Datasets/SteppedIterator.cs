using Engine.Resources;
using Engine.Runtime;

namespace Engine.Ops.Datasets;

/// <summary>An iterator of one delegate.</summary>
internal sealed class SteppedIterator(Func<RunContext, Tensor[]?> next, DatasetIterator? source = null) : DatasetIterator
{
    /// <inheritdoc/>
    public override Tensor[]? Next(RunContext run) => next(run);

    /// <inheritdoc/>
    public override void Dispose()
    {
        source?.Dispose();
        base.Dispose();
    }
}
