using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Parsing;

/// <summary>The features of sequence examples that an op asks for, as tensors.</summary>
internal sealed class SequenceFeatures
{
    internal required ExampleFeature[] ContextSparse { get; init; }

    internal required ExampleFeature[] ContextDense { get; init; }

    internal required ExampleFeature[] ContextRagged { get; init; }

    internal required FeatureRows[] ListSparse { get; init; }

    internal required FeatureRows[] ListDense { get; init; }

    internal required FeatureRows[] ListRagged { get; init; }

    /// <summary>All features of the context.</summary>
    internal IEnumerable<ExampleFeature> Context => [.. ContextSparse, .. ContextDense, .. ContextRagged];

    /// <summary>All lists.</summary>
    internal IEnumerable<FeatureRows> Lists => [.. ListSparse, .. ListDense, .. ListRagged];

    /// <summary>Sets the outputs.</summary>
    /// <param name="context">The kernel's run.</param>
    /// <param name="examples">Number of examples.</param>
    /// <param name="isBatch">Whether tensors have a dimension for the examples.</param>
    internal void Write(KernelContext context, int examples, bool isBatch)
    {
        var batch = isBatch ? Shape.Vector(examples) : Shape.Scalar;
        // The arguments follow one another in this order; not every op has the ragged ones and the lengths.
        var next = 0;
        int Take(int count) => (next += count) - count;
        var (indices, values, shapes) = (Take(ContextSparse.Length), Take(ContextSparse.Length), Take(ContextSparse.Length));
        for (var i = 0; i < ContextSparse.Length; i++)
            ExampleParser.WriteSparse(context, ContextSparse[i], (indices + i, values + i, shapes + i), isBatch);
        foreach (var feature in ContextDense)
            feature.Values.CopyTo(0, feature.Values.Count, context.Allocate(Take(1), batch.Concat(feature.Shape.ToShape())), 0);
        (values, var splits) = (Take(ContextRagged.Length), Take(ContextRagged.Length));
        for (var i = 0; i < ContextRagged.Length; i++)
        {
            WriteValues(context, values + i, ContextRagged[i].Values);
            WriteSplits(context, splits + i, ContextRagged[i].Ends, isBatch);
        }
        (indices, values, shapes) = (Take(ListSparse.Length), Take(ListSparse.Length), Take(ListSparse.Length));
        for (var i = 0; i < ListSparse.Length; i++)
            WriteSparse(context, ListSparse[i], (indices + i, values + i, shapes + i), isBatch);
        foreach (var list in ListDense)
            WriteDense(context, list, Take(1), batch);
        if (next < context.OutputCount)
        {
            foreach (var list in ListDense)
                Enumerable.Range(0, examples).Select(e => (long)list.RowsOf(e)).ToArray().CopyTo(context.Allocate(Take(1), batch).AsSpan<long>());
        }
        (values, var outer, var inner) = (Take(ListRagged.Length), Take(ListRagged.Length), Take(ListRagged.Length));
        for (var i = 0; i < ListRagged.Length; i++)
        {
            WriteValues(context, values + i, ListRagged[i].Values);
            WriteSplits(context, outer + i, ListRagged[i].ExampleEnds, isBatch);
            WriteSplits(context, inner + i, ListRagged[i].RowEnds, isBatch: true);
        }
    }

    private static void WriteValues(KernelContext context, int output, FeatureValues values)
        => values.CopyTo(0, values.Count, context.Allocate(output, Shape.Vector(values.Count)), 0);

    private static void WriteSplits(KernelContext context, int output, List<int> ends, bool isBatch)
    {
        // There is nothing to split in a single example.
        if (!isBatch)
            context.AllocateZeros(output, Shape.Scalar);
        else
            IndexTensor.Write([0, .. ends.Select(e => (long)e)], context.Allocate(output, Shape.Vector(ends.Count + 1)));
    }

    private static void WriteSparse(KernelContext context, FeatureRows list, (int Indices, int Values, int Shape) outputs, bool isBatch)
    {
        var total = list.Values.Count;
        var rank = isBatch ? 3 : 2;
        var indices = context.Allocate(outputs.Indices, Shape.Matrix(total, rank)).AsSpan<long>();
        WriteValues(context, outputs.Values, list.Values);
        var longest = 0;
        for (int example = 0, at = 0; example < list.ExampleEnds.Count; example++)
        {
            for (var row = list.FirstRow(example); row < list.ExampleEnds[example]; row++)
            {
                longest = Math.Max(longest, list.CountOf(row));
                for (var k = 0; k < list.CountOf(row); k++)
                {
                    if (isBatch)
                        indices[at++] = example;
                    indices[at++] = row - list.FirstRow(example);
                    indices[at++] = k;
                }
            }
        }
        long[] shape = isBatch ? [list.ExampleEnds.Count, list.MostRows, longest] : [list.MostRows, longest];
        shape.CopyTo(context.Allocate(outputs.Shape, Shape.Vector(rank)).AsSpan<long>());
    }

    private static void WriteDense(KernelContext context, FeatureRows list, int output, Shape batch)
    {
        var rows = list.MostRows;
        var stride = list.RowShape.Count;
        var result = context.AllocateZeros(output, batch.Concat(Shape.Vector(rows)).Concat(list.RowShape));
        for (var example = 0; example < list.ExampleEnds.Count; example++)
        {
            // All rows have as many values, so those of an example lie together.
            var count = (int)(list.RowsOf(example) * stride);
            list.Values.CopyTo((int)(list.FirstRow(example) * stride), count, result, example * rows * stride);
        }
    }
}
