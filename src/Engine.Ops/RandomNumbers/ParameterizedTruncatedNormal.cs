using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.RandomNumbers;

/// <summary>Normal numbers between bounds, with mean, deviation and bounds for each row of the output, or the same for all.</summary>
[Op("ParameterizedTruncatedNormal")]
internal sealed class ParameterizedTruncatedNormal : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        for (int i = 1; i <= 4; i++)
            c.WithRankAtMost(c.Input(i), 1);
        RandomShapes.FromInput(c, 0);
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("dtype") switch
    {
        DType.Float32 => CreateKernel<float>(node),
        DType.Float64 => CreateKernel<double>(node),
        DType.Float16 => CreateKernel<Half>(node),
        _ => throw node.NoKernel(),
    };

    private static Kernel CreateKernel<T>(KernelBuilder node)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RandomSource source = RandomSource.Seeded(node);
        var uniform = (IDistribution<T>)(object)default(UniformDistribution);
        var normal = (IDistribution<T>)(object)default(NormalDistribution);
        return Kernel.From(context =>
        {
            Shape shape = IndexTensor.Shape(context.Input(0), "shape");
            if (shape.Rank == 0)
                throw EngineException.InvalidArgument("Shape tensor must not be empty.");
            long batches = shape[0];
            bool same = true;
            for (int i = 1; i <= 4; i++)
            {
                Tensor parameter = context.Input(i);
                if (parameter.Rank > 1 || (parameter.Count != 1 && parameter.Count != batches))
                    throw EngineException.InvalidArgument($"Parameters must be scalars or vectors of {batches} elements, got shape {parameter.Shape}");
                same &= parameter.Count == 1;
            }
            Tensor output = context.Allocate(0, shape);
            if (output.Count == 0)
                return;
            long length = same ? 100 : output.Count / batches;
            batches = (output.Count + length - 1) / length;
            UInt128 blocks = (UInt128)(ulong)batches * 2 * TruncatedNormalSampler<T>.MaxAttempts * (ulong)(length + 3) / 4;
            var sampler = new TruncatedNormalSampler<T>(source.Take(context, blocks), uniform, normal);
            Span<T> all = output.AsSpan<T>();
            for (long batch = 0; batch < batches; batch++)
            {
                int start = (int)(batch * length);
                sampler.Fill(all.Slice(start, (int)Math.Min(length, all.Length - start)), Parameter(1), Parameter(2), Parameter(3), Parameter(4));

                T Parameter(int input) => context.Input(input).AsSpan<T>()[context.Input(input).Count == 1 ? 0 : (int)batch];
            }
        });
    }
}
