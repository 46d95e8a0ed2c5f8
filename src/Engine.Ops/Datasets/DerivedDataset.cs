using Engine.Resources;
using Engine.Runtime;

namespace Engine.Ops.Datasets;

/// <summary>A dataset whose walks are made by a delegate.</summary>
internal sealed class DerivedDataset(IReadOnlyList<DType> types, long cardinality, Func<DatasetIterator> iterate) : Dataset(types)
{
    /// <inheritdoc/>
    public override long Cardinality => cardinality;

    /// <inheritdoc/>
    public override DatasetIterator Iterate() => iterate();

    /// <summary>A dataset that goes along with the walk through another.</summary>
    /// <param name="source">The other.</param>
    /// <param name="types">Element types of the components.</param>
    /// <param name="cardinality">Number of tuples.</param>
    /// <param name="start">Makes the step for a walk: from the source's iterator to what gives the next tuple.</param>
    internal static DerivedDataset From(Dataset source, IReadOnlyList<DType> types, long cardinality, Func<DatasetIterator, Func<RunContext, Tensor[]?>> start) => new(types, cardinality, () =>
    {
        var walk = source.Iterate();
        return new SteppedIterator(start(walk), walk);
    });
}
