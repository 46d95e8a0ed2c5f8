using System.Numerics;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Quantization;

/// <summary>A function of two quantized bytes that gives a 32-bit level.</summary>
internal interface IWideBody
{
    /// <summary>The range of the result.</summary>
    static abstract QuantizedRange Range(QuantizedRange a, QuantizedRange b);

    /// <summary>The result for each byte of an operand: sums and products are made of these.</summary>
    static abstract int Level(byte x, QuantizedRange own, QuantizedRange result);

    static abstract int Combine(int a, int b);
}

/// <summary>Two byte tensors, broadcast, combined into 32-bit levels.</summary>
internal sealed class WideSums<TBody> : Kernel where TBody : struct, IWideBody
{
    public override void Compute(KernelContext context)
    {
        Tensor x = context.Input(0), y = context.Input(1);
        var (a, b) = (QuantizedRange.Read(context, 2, 3).Ordered(), QuantizedRange.Read(context, 4, 5).Ordered());
        var shape = Broadcast(x.Shape, y.Shape);
        var range = TBody.Range(a, b);
        var left = new int[256];
        var right = new int[256];
        for (var i = 0; i < 256; i++)
        {
            left[i] = TBody.Level((byte)i, a, range);
            right[i] = TBody.Level((byte)i, b, range);
        }
        var output = context.Allocate(0, shape).AsSpan<int>();
        var first = x.AsSpan<byte>();
        var second = y.AsSpan<byte>();
        var (xSteps, ySteps) = (Steps(x.Shape, shape), Steps(y.Shape, shape));
        var position = new long[shape.Rank];
        long xi = 0, yi = 0;
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = TBody.Combine(left[first[(int)xi]], right[second[(int)yi]]);
            for (var d = shape.Rank - 1; d >= 0; d--)
            {
                (xi, yi) = (xi + xSteps[d], yi + ySteps[d]);
                if (++position[d] < shape[d])
                    break;
                (xi, yi) = (xi - (shape[d] * xSteps[d]), yi - (shape[d] * ySteps[d]));
                position[d] = 0;
            }
        }
        range.Write(context);
    }

    private static Shape Broadcast(Shape a, Shape b)
    {
        var dims = new long[Math.Max(a.Rank, b.Rank)];
        for (var i = 1; i <= dims.Length; i++)
        {
            var (x, y) = (i <= a.Rank ? a[-i] : 1, i <= b.Rank ? b[-i] : 1);
            dims[^i] = x == y || y == 1 ? x : x == 1 ? y : throw EngineException.InvalidArgument($"Incompatible shapes: {a} vs. {b}");
        }
        return new Shape(dims);
    }

    /// <summary>Elements of a tensor passed for one step along each dimension of the result.</summary>
    private static long[] Steps(Shape own, Shape result)
    {
        var steps = new long[result.Rank];
        var step = 1L;
        for (var i = 1; i <= own.Rank; i++)
        {
            steps[^i] = own[-i] == 1 ? 0 : step;
            step *= own[-i];
        }
        return steps;
    }
}
