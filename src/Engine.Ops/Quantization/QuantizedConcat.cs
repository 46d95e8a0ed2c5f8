using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Quantization;

/// <summary>Quantized tensors joined along a dimension, brought to one range.</summary>
[Op("QuantizedConcat")]
internal sealed class QuantizedConcat : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var values = c.InputRange("values");
        QuantizedRange.InferShapes(c, values.End.GetOffset(c.InputCount));
        c.Input(0, 0);
        var first = c.Input(1);
        if (!first.HasRank)
            return;
        var dims = first.Dims.ToArray();
        if (c.InputScalar(0) is { } axis)
        {
            var at = IndexTensor.Axis(axis, dims.Length);
            for (var i = 2; i < values.End.GetOffset(c.InputCount); i++)
            {
                var next = c.WithRank(c.Input(i), dims.Length);
                dims[at] = dims[at] < 0 || next[at] < 0 ? -1 : dims[at] + next[at];
            }
            c.SetOutput(0, new PartialShape(dims));
        }
        else
        {
            c.SetOutput(0, PartialShape.OfRank(dims.Length));
        }
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var count = (int)node.Int("N");
        return node.Type("T") switch
        {
            DType.QUInt8 => Kernel.From(context => Compute<byte>(context, count)),
            DType.QInt32 => Kernel.From(context => Compute<int>(context, count)),
            _ => throw node.NoKernel(),
        };
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private static void Compute<T>(KernelContext context, int count) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var first = context.Input(1).Shape;
        var axis = IndexTensor.Axis(IndexTensor.Scalar(context.Input(0), "Concat dim tensor"), first.Rank, "concat dim");
        var ranges = new QuantizedRange[count];
        var length = 0L;
        for (var i = 0; i < count; i++)
        {
            var shape = context.Input(1 + i).Shape;
            if (shape.Rank != first.Rank || !shape.With(axis, 0).Equals(first.With(axis, 0)))
                throw EngineException.InvalidArgument($"ConcatOp : Dimensions of inputs should match: {first} vs. {shape}");
            length += shape[axis];
            ranges[i] = QuantizedRange.Read(context, 1 + count + i, 1 + (2 * count) + i);
        }
        var range = Joint(ranges, T.MinValue < T.Zero);
        var output = context.Allocate(0, first.With(axis, length)).AsSpan<T>();
        var (outer, inner) = (first.CountOf(0, axis), first.CountOf(axis + 1, first.Rank));
        var start = 0L;
        for (var i = 0; i < count; i++)
        {
            var from = context.Input(1 + i).AsSpan<T>();
            var piece = context.Input(1 + i).Shape[axis] * inner;
            for (var o = 0L; o < outer; o++)
            {
                var source = from.Slice((int)(o * piece), (int)piece);
                var to = output.Slice((int)((o * length * inner) + start), (int)piece);
                if (ranges[i] == range)
                {
                    source.CopyTo(to);
                    continue;
                }
                for (var k = 0; k < to.Length; k++)
                    to[k] = Levels.Requantize<T, T>(source[k], ranges[i].Low, ranges[i].High, range.Low, range.High);
            }
            start += piece;
        }
        range.Write(context);
    }

    /// <summary>The range that holds all ranges and zero, symmetric for signed levels.</summary>
    private static QuantizedRange Joint(QuantizedRange[] ranges, bool signed)
    {
        float low = 0, high = float.MinValue;
        foreach (var range in ranges)
        {
            if (range.Low > range.High)
                throw EngineException.InvalidArgument($"input_mins {range.Low} must not be above input_maxes {range.High}");
            (low, high) = (Math.Min(low, range.Low), Math.Max(high, range.High));
        }
        if (!signed)
            return new QuantizedRange(low, high);
        var largest = Math.Max(MathF.Abs(low), MathF.Abs(high));
        return new QuantizedRange(-largest, largest);
    }
}
