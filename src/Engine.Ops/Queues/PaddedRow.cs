using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Queues;

/// <summary>Writes tensors into the rows of larger ones.</summary>
internal static class PaddedRow
{
    /// <summary>Writes <paramref name="source"/> to the beginning of each dimension of row <paramref name="row"/>.</summary>
    internal static void Write(WorkerTeam workers, Tensor source, Tensor result, long row)
    {
        using var to = result.Rows(row, 1);
        if (to.Count == source.Count)
            to.CopyFrom(source);
        else if (source.Count > 0)
            StridedCopy.Run(workers, source.Shape.Dims, source, 0, source.Shape.Strides(), to, 0, to.Shape.Slice(1).Strides());
    }
}
