using System.Numerics;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>How many elements fall into each of several bins of equal width; the first and the last bin take what lies outside.</summary>
[Op("HistogramFixedWidth")]
internal sealed class HistogramFixedWidth : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var range = c.Input(1, 1);
        if (range[0] >= 0 && range[0] != 2)
            throw c.Fail($"Dimension must be 2 but is {range[0]}");
        c.Input(2, 0);
        if (c.InputScalar(2) <= 0)
            throw c.Fail($"Requires nbins > 0: {c.InputScalar(2)}");
        c.SetOutput(0, PartialShape.Vector(c.InputScalar(2) ?? -1));
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Int32 => Kernel.From(Compute<int>),
        DType.Int64 => Kernel.From(Compute<long>),
        DType.Float32 => Kernel.From(Compute<float>),
        DType.Float64 => Kernel.From(Compute<double>),
        _ => throw node.NoKernel(),
    };

    private static void Compute<T>(KernelContext context) where T : unmanaged, INumber<T>
    {
        var limits = context.Input(1);
        if (limits.Rank != 1 || limits.Count != 2)
            throw EngineException.InvalidArgument($"value_range should be a vector of 2 elements, not of shape {limits.Shape}");
        var bins = SegmentRows.Scalar(context.Input(2), "nbins");
        if (bins <= 0)
            throw EngineException.InvalidArgument($"nbins should be a positive number, but got '{bins}'");
        var (low, high) = (double.CreateTruncating(limits.AsSpan<T>()[0]), double.CreateTruncating(limits.AsSpan<T>()[1]));
        if (!(low < high))
            throw EngineException.InvalidArgument($"value_range should satisfy value_range[0] < value_range[1], but got '[{low}, {high}]'");
        var result = context.Allocate(0, bins);
        result.Clear();
        var values = context.Input(0).AsSpan<T>();
        var step = (high - low) / bins;
        foreach (var value in values)
        {
            if (T.IsNaN(value))
                throw EngineException.InvalidArgument("Histogram values must not contain NaN");
            var place = Math.Clamp((double.CreateTruncating(value) - low) / step, 0, bins - 1);
            if (result.Type == DType.Int32)
                result.AsSpan<int>()[(int)place]++;
            else
                result.AsSpan<long>()[(int)place]++;
        }
    }
}
