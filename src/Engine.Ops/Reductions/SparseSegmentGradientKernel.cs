using System.Numerics;
using System.Numerics.Tensors;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>
/// Gradients of sparse segment reductions: each chosen row gets its share of its segment's gradient. The second version of the ops answers the rows that were
/// chosen alone, and which they are.
/// </summary>
internal static class SparseSegmentGradientKernel
{
    internal static void InferShapes(InferenceContext c)
    {
        var gradient = c.WithRankAtLeast(c.Input(0), 1);
        c.Input(1, 1).Merge(c.Input(2, 1));
        c.Input(3, 0);
        if (c.OutputCount > 1)
        {
            c.SetOutput(0, gradient.HasRank ? gradient.With(0, -1) : gradient);
            c.SetOutput(1, PartialShape.OfRank(1));
            return;
        }
        if (c.InputScalar(3) < 0)
            throw c.Fail($"Cannot specify a negative value for output_dim0: {c.InputScalar(3)}");
        c.SetOutput(0, gradient.HasRank ? gradient.With(0, c.InputScalar(3) ?? -1) : gradient);
    }

    internal static Kernel Create(KernelBuilder node, SparseSegmentScaling scaling) => node.Type("T") switch
    {
        DType.Float32 => new FloatKernel<float>(scaling),
        DType.Float64 => new FloatKernel<double>(scaling),
        DType.Float16 => new NarrowKernel<Half>(scaling),
        DType.BFloat16 => new NarrowKernel<BFloat16>(scaling),
        _ => throw node.NoKernel(),
    };

    // Checks the inputs and makes the outputs; answers which row of the result each index stands for.
    private static long[] Prepare(KernelContext context, out Tensor result)
    {
        var (gradient, indices, segments) = (context.Input(0), context.Input(1), context.Input(2));
        SparseSegmentInputs.CheckVectors(indices, segments);
        if (gradient.Rank < 1)
            throw EngineException.InvalidArgument("grad must be at least rank 1");
        var rows = SegmentRows.Scalar(context.Input(3), "output_dim0");
        if (rows < 0)
            throw EngineException.InvalidArgument($"output_dim0 must not be negative: {rows}");
        if (rows == 0 && context.OutputCount > 1)
        {
            // Of no rows none was chosen, whatever the indices say.
            context.Allocate(1, 0);
            result = context.Allocate(0, SegmentRows.OutputShape(gradient.Shape, 1, 0));
            return [];
        }
        SparseSegmentInputs.CheckRange(indices, rows);
        SparseSegmentInputs.CheckRange(segments, gradient.Shape[0]);
        var targets = new long[indices.Count];
        for (var i = 0; i < targets.Length; i++)
            targets[i] = SegmentRows.At(indices, i);
        if (context.OutputCount == 1)
        {
            result = context.Allocate(0, SegmentRows.OutputShape(gradient.Shape, 1, rows));
            return targets;
        }
        var unique = targets.Distinct().Order().ToArray();
        var chosen = context.Allocate(1, unique.Length);
        for (var i = 0; i < unique.Length; i++)
        {
            if (chosen.Type == DType.Int32)
                chosen.AsSpan<int>()[i] = (int)unique[i];
            else
                chosen.AsSpan<long>()[i] = unique[i];
        }
        result = context.Allocate(0, SegmentRows.OutputShape(gradient.Shape, 1, unique.Length));
        return Array.ConvertAll(targets, t => (long)Array.BinarySearch(unique, t));
    }

    private static unsafe void Scatter<T>(T* gradient, int width, Tensor segments, long[] targets, T* result, SparseSegmentScaling scaling) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var counts = new Dictionary<long, long>();
        for (var i = 0; i < targets.Length && scaling != SparseSegmentScaling.None; i++)
        {
            var id = SegmentRows.At(segments, i);
            counts[id] = counts.GetValueOrDefault(id) + 1;
        }
        for (var i = 0; i < targets.Length; i++)
        {
            var id = SegmentRows.At(segments, i);
            var scale = scaling switch
            {
                SparseSegmentScaling.Count => T.One / T.CreateTruncating(counts[id]),
                SparseSegmentScaling.RootCount => T.One / T.Sqrt(T.CreateTruncating(counts[id])),
                _ => T.One,
            };
            var target = new Span<T>(result + targets[i] * width, width);
            TensorPrimitives.MultiplyAdd(new ReadOnlySpan<T>(gradient + id * width, width), scale, target, target);
        }
    }

    private sealed class FloatKernel<T>(SparseSegmentScaling scaling) : Kernel where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override unsafe void Compute(KernelContext context)
        {
            var targets = Prepare(context, out var result);
            result.Clear();
            var gradient = context.Input(0);
            Scatter(gradient.Pointer<T>(), SegmentRows.Width(gradient.Shape, 1), context.Input(2), targets, result.Pointer<T>(), scaling);
        }
    }

    private sealed class NarrowKernel<TNarrow>(SparseSegmentScaling scaling) : Kernel where TNarrow : unmanaged
    {
        public override unsafe void Compute(KernelContext context)
        {
            var targets = Prepare(context, out var result);
            var gradient = context.Input(0);
            using var wide = WideTensor.Of<TNarrow>(context, gradient);
            using var sums = Tensor.Zeros(DType.Float32, result.Shape);
            Scatter(wide.Pointer<float>(), SegmentRows.Width(gradient.Shape, 1), context.Input(2), targets, sums.Pointer<float>(), scaling);
            WideTensor.Narrow<TNarrow>(sums, result);
        }
    }
}
