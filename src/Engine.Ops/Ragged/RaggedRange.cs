using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Ragged;

/// <summary>Sequences of numbers, one row each.</summary>
[Op("RaggedRange")]
internal sealed class RaggedRange : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var rows = PartialShape.Vector(-1);
        var scalars = true;
        for (var i = 0; i < 3; i++)
        {
            var input = c.WithRankAtMost(c.Input(i), 1);
            scalars &= input.Rank == 0;
            if (input.Rank == 1)
                rows = rows.Merge(input);
        }
        c.SetOutput(0, PartialShape.Vector(scalars ? 2 : rows[0] >= 0 ? rows[0] + 1 : -1));
        c.SetOutput(1, PartialShape.OfRank(1));
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Int32 => Kernel.From(Run<int>),
        DType.Int64 => Kernel.From(Run<long>),
        DType.Float32 => Kernel.From(Run<float>),
        DType.Float64 => Kernel.From(Run<double>),
        _ => throw node.NoKernel(),
    };

    private static void Run<T>(KernelContext context) where T : unmanaged, INumber<T>
    {
        var rows = -1L;
        for (var i = 0; i < 3; i++)
        {
            var input = context.Input(i);
            if (input.Rank > 1)
                throw EngineException.InvalidArgument("starts, limits and deltas must be scalars or vectors");
            if (input.Rank == 1 && rows >= 0 && rows != input.Count)
                throw EngineException.InvalidArgument("starts, limits, and deltas must have the same shape");
            if (input.Rank == 1)
                rows = input.Count;
        }
        rows = rows < 0 ? 1 : rows;
        var (starts, limits, deltas) = (Column<T>(context.Input(0), rows), Column<T>(context.Input(1), rows), Column<T>(context.Input(2), rows));
        var splits = new long[rows + 1];
        for (var r = 0; r < rows; r++)
        {
            if (deltas[r] == T.Zero)
                throw EngineException.InvalidArgument("Requires delta != 0");
            var length = Length(starts[r], limits[r], deltas[r]);
            splits[r + 1] = splits[r] + length;
            if (length < 0 || splits[r + 1] < 0)
                throw EngineException.InvalidArgument("The total range length overflowed");
        }
        IndexTensor.Write(splits, context.Allocate(0, splits.Length));
        var values = context.Allocate(1, splits[^1]).AsSpan<T>();
        for (var r = 0; r < rows; r++)
        {
            var value = starts[r];
            foreach (ref var v in values[(int)splits[r]..(int)splits[r + 1]])
            {
                v = value;
                value += deltas[r];
            }
        }
    }

    private static T[] Column<T>(Tensor input, long rows)
    {
        if (input.Rank == 1)
            return input.ToArray<T>();
        var column = new T[rows];
        Array.Fill(column, input.AsSpan<T>()[0]);
        return column;
    }

    private static long Length<T>(T start, T limit, T delta) where T : INumber<T>
    {
        if ((delta > T.Zero && limit < start) || (delta < T.Zero && limit > start))
            return 0;
        if (typeof(T) == typeof(int) || typeof(T) == typeof(long))
        {
            // The difference wraps around in the type's own arithmetic.
            var (span, step) = (Int128.CreateTruncating(Magnitude(limit - start)), Int128.CreateTruncating(Magnitude(delta)));
            return long.CreateTruncating((span + step - 1) / step);
        }
        var length = Math.Ceiling(Math.Abs(double.CreateTruncating((limit - start) / delta)));
        return length < long.MaxValue ? (long)length : throw EngineException.InvalidArgument($"Requires ((limit - start) / delta) <= {long.MaxValue}");
    }

    private static T Magnitude<T>(T value) where T : INumber<T> => value < T.Zero ? -value : value;
}
