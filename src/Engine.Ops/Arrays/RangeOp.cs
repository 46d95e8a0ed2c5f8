using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Numbers from <c>start</c> up to, not including, <c>limit</c>, <c>delta</c> apart.</summary>
[Op("Range")]
internal sealed class RangeOp : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        for (var i = 0; i < 3; i++)
            c.WithRank(c.Input(i), 0);
        var length = -1L;
        if (c.InputTensor(0) is { } start && c.InputTensor(1) is { } limit && c.InputTensor(2) is { } delta)
        {
            length = start.Type switch
            {
                DType.Int32 => Length(start.Item<int>(), limit.Item<int>(), delta.Item<int>()),
                DType.Int64 => Length(start.Item<long>(), limit.Item<long>(), delta.Item<long>()),
                DType.Float32 => Length((double)start.Item<float>(), limit.Item<float>(), delta.Item<float>()),
                DType.Float64 => Length(start.Item<double>(), limit.Item<double>(), delta.Item<double>()),
                _ => -1,
            };
        }
        c.SetOutput(0, PartialShape.Vector(length));
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("Tidx") switch
    {
        DType.Int32 => Make<int>((a, b, d) => Length(a, b, d)),
        DType.Int64 => Make<long>(Length),
        DType.Float32 => Make<float>((a, b, d) => Length((double)a, b, d)),
        DType.Float64 => Make<double>(Length),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => [null, null, null];

    private static Kernel Make<T>(Func<T, T, T, long> length) where T : unmanaged, INumber<T> => Kernel.From(context =>
    {
        for (var i = 0; i < 3; i++)
        {
            if (context.Input(i).Rank > 1 || context.Input(i).Count != 1)
                throw EngineException.InvalidArgument($"start, limit and delta must be scalars, not shape {context.Input(i).Shape}");
        }
        var start = context.Input(0).Item<T>();
        var delta = context.Input(2).Item<T>();
        var values = context.Allocate(0, length(start, context.Input(1).Item<T>(), delta)).AsSpan<T>();
        for (var i = 0; i < values.Length; i++)
            values[i] = start + T.CreateTruncating(i) * delta;
    });

    private static long Length(long start, long limit, long delta)
    {
        Check(delta == 0, delta > 0 ? start > limit : start < limit);
        var span = (Int128)limit - start;
        return span >= long.MinValue && span <= long.MaxValue ? (long)((span + delta - Math.Sign(delta)) / delta) : throw TooLong();
    }

    private static long Length(double start, double limit, double delta)
    {
        Check(delta == 0, delta > 0 ? start > limit : start < limit);
        var length = Math.Ceiling(Math.Abs((limit - start) / delta));
        return length < long.MaxValue ? (long)length : throw TooLong();
    }

    private static void Check(bool isZero, bool isBackwards)
    {
        if (isZero)
            throw EngineException.InvalidArgument("Requires delta != 0");
        if (isBackwards)
            throw EngineException.InvalidArgument("Requires start <= limit when delta > 0, and start >= limit when delta < 0");
    }

    private static EngineException TooLong() => EngineException.InvalidArgument("Requires ((limit - start) / delta) to fit an int64");
}
