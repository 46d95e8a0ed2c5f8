using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Elementwise;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>The nearest row that does not rise, for each row, and which elements of it were made equal: pool adjacent violators.</summary>
[Op("IsotonicRegression")]
internal sealed class IsotonicRegression : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutputs(c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => (node.Type("T"), node.Type("output_dtype")) switch
    {
        (DType.Float32, DType.Float32) => new RegressionKernel<float, float>(),
        (DType.Float64, DType.Float64) => new RegressionKernel<double, double>(),
        (DType.Float16, DType.Float16) => new RegressionKernel<Half, Half>(),
        (DType.BFloat16, DType.BFloat16) => new RegressionKernel<BFloat16, BFloat16>(),
        (DType.Int8, DType.Float32) => new RegressionKernel<sbyte, float>(),
        (DType.Int16, DType.Float32) => new RegressionKernel<short, float>(),
        (DType.Int32, DType.Float64) => new RegressionKernel<int, double>(),
        (DType.Int64, DType.Float64) => new RegressionKernel<long, double>(),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g)
    {
        // Elements that were made equal share the mean of their gradients.
        var (zero, one, last) = (g.Scalar(0, DType.Int32), g.Scalar(1, DType.Int32), g.Scalar(-1, DType.Int32));
        var flat = g.Constant(Tensor.From<int>([-1]));
        var shape = g.Apply("Shape", g.Input(0));
        var width = g.Apply("GatherV2", shape, last + g.Apply("Size", shape), zero);
        var places = g.Apply("Range", zero, g.Apply("Size", g.Input(0)), one);
        var segments = g.Apply("Reshape", g.Output(1), flat) + g.Apply("FloorDiv", places, width) * width;
        var count = g.Apply("Size", g.Input(0));
        var gradient = g.Apply("Reshape", g.OutputGradient(0), flat);
        var sums = g.Apply("UnsortedSegmentSum", gradient, segments, count);
        var sizes = g.Apply("UnsortedSegmentSum", g.Apply("OnesLike", gradient), segments, count);
        var mean = g.Apply("GatherV2", g.Apply("DivNoNan", sums, sizes), segments, zero);
        return [g.Apply("Reshape", mean, shape)];
    }

    private sealed class RegressionKernel<TIn, TOut> : Kernel where TIn : unmanaged, INumber<TIn> where TOut : unmanaged
    {
        public override void Compute(KernelContext context)
        {
            var input = context.Input(0);
            var values = input.AsSpan<TIn>();
            var result = context.Allocate(0, input.Shape).AsSpan<TOut>();
            var segments = context.Allocate(1, input.Shape).AsSpan<int>();
            var width = input.Rank == 0 ? 1 : (int)input.Shape[-1];
            var sums = new double[width];
            var ends = new int[width];
            for (var start = 0; start < values.Length; start += width)
                Row(values.Slice(start, width), result.Slice(start, width), segments.Slice(start, width), sums, ends);
        }

        private static void Row(ReadOnlySpan<TIn> values, Span<TOut> result, Span<int> segments, double[] sums, int[] ends)
        {
            var blocks = 0;
            for (var i = 0; i < values.Length; i++)
            {
                sums[blocks] = double.CreateTruncating(values[i]);
                ends[blocks] = i + 1;
                blocks++;
                // A block above the one before joins it.
                while (blocks > 1 && Mean(blocks - 1) > Mean(blocks - 2))
                {
                    sums[blocks - 2] += sums[blocks - 1];
                    ends[blocks - 2] = ends[blocks - 1];
                    blocks--;
                }
            }
            for (var block = 0; block < blocks; block++)
            {
                var first = block == 0 ? 0 : ends[block - 1];
                result[first..ends[block]].Fill(Conversion.Convert<double, TOut>(Mean(block)));
                segments[first..ends[block]].Fill(block);
            }

            double Mean(int block) => sums[block] / (ends[block] - (block == 0 ? 0 : ends[block - 1]));
        }
    }
}
