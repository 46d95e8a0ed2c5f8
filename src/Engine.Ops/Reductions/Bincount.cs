using System.Numerics;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>How often each integer below a size occurs, or the sums of the weights that go with it.</summary>
[Op("Bincount")]
internal sealed class Bincount : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(1, 0);
        if (c.InputScalar(1) < 0)
            throw c.Fail($"size ({c.InputScalar(1)}) must be non-negative");
        c.SetOutput(0, PartialShape.Vector(c.InputScalar(1) ?? -1));
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
        var size = SegmentRows.Scalar(context.Input(1), "size");
        if (size < 0)
            throw EngineException.InvalidArgument($"size ({size}) must be non-negative");
        var values = context.Input(0).AsSpan<int>();
        var weights = context.Input(2).AsSpan<T>();
        if (weights.Length != 0 && weights.Length != values.Length)
            throw EngineException.InvalidArgument("Input indices and weights must have the same size.");
        var bins = context.AllocateZeros(0, Shape.Vector(size)).AsSpan<T>();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] < 0)
                throw EngineException.InvalidArgument("Input arr must be non-negative!");
            if (values[i] < bins.Length)
                bins[values[i]] += weights.Length == 0 ? T.One : weights[i];
        }
    }
}
