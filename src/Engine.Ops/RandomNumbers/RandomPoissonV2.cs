using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Poisson numbers, <c>shape</c> of them for each rate, from a stream that goes on from run to run.</summary>
[Op("RandomPoissonV2", "RandomPoisson")]
internal sealed class RandomPoissonV2 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 1);
        c.SetOutput(0, c.InputAsShape(0).Concat(c.Input(1)));
    }

    public static Kernel CreateKernel(KernelBuilder node) => CreateKernel(node, RandomSource.Seeded(node), 1, false);

    internal static Kernel CreateKernel(KernelBuilder node, RandomSource source, int rateInput, bool shapeIncludesRate) => node.InputType(rateInput) switch
    {
        DType.Float32 => ForOutput<float, PoissonSampler>(node, source, rateInput, shapeIncludesRate),
        DType.Float16 => ForOutput<Half, PoissonSampler>(node, source, rateInput, shapeIncludesRate),
        DType.Float64 => ForOutput<double, PoissonSampler>(node, source, rateInput, shapeIncludesRate),
        DType.Int32 => ForOutput<int, PoissonSampler>(node, source, rateInput, shapeIncludesRate),
        DType.Int64 => ForOutput<long, PoissonSampler>(node, source, rateInput, shapeIncludesRate),
        _ => throw node.NoKernel(),
    };

    private static Kernel ForOutput<TRate, TSampler>(KernelBuilder node, RandomSource source, int rateInput, bool shapeIncludesRate)
        where TRate : unmanaged, System.Numerics.INumber<TRate>
        where TSampler : struct, ISampler
        => node.OutputType(0) switch
        {
            DType.Float32 => new SamplerKernel<TRate, float, TSampler>(source, rateInput, shapeIncludesRate),
            DType.Float16 => new SamplerKernel<TRate, Half, TSampler>(source, rateInput, shapeIncludesRate),
            DType.Float64 => new SamplerKernel<TRate, double, TSampler>(source, rateInput, shapeIncludesRate),
            DType.Int32 => new SamplerKernel<TRate, int, TSampler>(source, rateInput, shapeIncludesRate),
            DType.Int64 => new SamplerKernel<TRate, long, TSampler>(source, rateInput, shapeIncludesRate),
            _ => throw node.NoKernel(),
        };
}
