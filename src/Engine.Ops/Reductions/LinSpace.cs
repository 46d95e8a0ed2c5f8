using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>Numbers at equal distances from start to stop, both included.</summary>
[Op("LinSpace")]
internal sealed class LinSpace : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        for (var i = 0; i < 3; i++)
            c.Input(i, 0);
        if (c.InputScalar(2) <= 0)
            throw c.Fail($"Requires num > 0: {c.InputScalar(2)}");
        c.SetOutput(0, PartialShape.Vector(c.InputScalar(2) ?? -1));
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float32 => Kernel.From(Compute<float>),
        DType.Float64 => Kernel.From(Compute<double>),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => [null, null, null];

    private static void Compute<T>(KernelContext context) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (start, stop) = (context.Input(0), context.Input(1));
        if (start.Rank != 0 || stop.Rank != 0)
            throw EngineException.InvalidArgument($"start and stop must be scalars, not of shapes {start.Shape} and {stop.Shape}");
        var count = SegmentRows.Scalar(context.Input(2), "num");
        if (count <= 0)
            throw EngineException.InvalidArgument($"Requires num > 0: {count}");
        var result = context.Allocate(0, count).AsSpan<T>();
        var (first, last) = (start.Item<T>(), stop.Item<T>());
        result[0] = first;
        if (count == 1)
            return;
        var step = (last - first) / T.CreateTruncating(count - 1);
        for (var i = 1; i < result.Length - 1; i++)
            result[i] = first + step * T.CreateTruncating(i);
        // The end is exact.
        result[^1] = last;
    }
}
