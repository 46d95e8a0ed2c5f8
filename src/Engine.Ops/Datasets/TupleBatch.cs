using Engine.Resources;
using Engine.Runtime;

namespace Engine.Ops.Datasets;

/// <summary>Tuples on their way into a batch.</summary>
internal static class TupleBatch
{
    /// <summary>The next tuples of a walk; null when there are none, or too few and <paramref name="drop"/>.</summary>
    internal static List<Tensor[]>? Read(DatasetIterator walk, RunContext run, long size, bool drop)
    {
        var tuples = new List<Tensor[]>();
        while (tuples.Count < size && walk.Next(run) is { } tuple)
            tuples.Add(tuple);
        return tuples.Count == 0 || (drop && tuples.Count < size) ? null : tuples;
    }

    /// <summary>The tuples as one of stacked components.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when their shapes differ.</exception>
    internal static Tensor[] Stack(List<Tensor[]> tuples)
    {
        var batch = new Tensor[tuples[0].Length];
        for (var i = 0; i < batch.Length; i++)
        {
            var shape = tuples[0][i].Shape;
            for (var row = 1; row < tuples.Count; row++)
            {
                if (!tuples[row][i].Shape.Equals(shape))
                    throw EngineException.InvalidArgument($"Cannot batch tensors with different shapes in component {i}. First element had shape {shape} and element {row} had shape {tuples[row][i].Shape}.");
            }
            batch[i] = Tensor.Allocate(tuples[0][i].Type, Shape.Vector(tuples.Count).Concat(shape));
            for (var row = 0; row < tuples.Count; row++)
            {
                using var component = tuples[row][i];
                using var to = batch[i].Rows(row, 1);
                to.CopyFrom(component);
            }
        }
        return batch;
    }
}
