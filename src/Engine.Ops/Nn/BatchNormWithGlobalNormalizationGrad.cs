using System.Numerics;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Nn;

/// <summary>The gradient of <see cref="BatchNormWithGlobalNormalization"/>.</summary>
[Op("BatchNormWithGlobalNormalizationGrad")]
internal sealed class BatchNormWithGlobalNormalizationGrad : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.SetOutput(0, c.Input(0, 4).Merge(c.Input(4, 4)));
        for (var i = 1; i < 5; i++)
            c.SetOutput(i, c.Input(1, 1));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var epsilon = node.Float("variance_epsilon");
        var scales = node.Bool("scale_after_normalization");
        return node.Type("T") switch
        {
            DType.Float32 => Kernel.From(context => Compute<float>(context, epsilon, scales)),
            DType.Float64 => Kernel.From(context => Compute<double>(context, epsilon, scales)),
            DType.Float16 => Kernel.From(context => Compute<Half>(context, epsilon, scales)),
            _ => throw node.NoKernel(),
        };
    }

    private static unsafe void Compute<T>(KernelContext context, float epsilon, bool scales) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (x, dy) = (context.Input(0), context.Input(4));
        BatchNormWithGlobalNormalization.Check(x, context.Input(1), context.Input(2), context.Input(3));
        if (!x.Shape.Equals(dy.Shape))
            throw EngineException.InvalidArgument($"input and out_backprop must have the same shape, not {x.Shape} and {dy.Shape}");
        var mean = context.Input(1).AsSpan<T>();
        var variance = context.Input(2).AsSpan<T>();
        var gamma = context.Input(3).AsSpan<T>();
        var channels = mean.Length;
        var (sums, products, inverse) = (new double[channels], new double[channels], new double[channels]);
        for (var c = 0; c < channels; c++)
            inverse[c] = 1 / Math.Sqrt(double.CreateTruncating(variance[c]) + epsilon);
        var xs = x.Pointer<T>();
        var dys = dy.Pointer<T>();
        var dx = context.Allocate(0, x.Shape).Pointer<T>();
        for (var i = 0L; i < x.Count; i++)
        {
            var c = (int)(i % channels);
            var d = double.CreateTruncating(dys[i]);
            sums[c] += d;
            products[c] += d * (double.CreateTruncating(xs[i]) - double.CreateTruncating(mean[c]));
            dx[i] = T.CreateTruncating(d * inverse[c] * Gamma(gamma, c, scales));
        }
        var outputs = new Tensor[4];
        for (var o = 0; o < 4; o++)
            outputs[o] = context.Allocate(o + 1, Shape.Vector(channels));
        for (var c = 0; c < channels; c++)
        {
            var factor = Gamma(gamma, c, scales);
            outputs[0].AsSpan<T>()[c] = T.CreateTruncating(-sums[c] * factor * inverse[c]);
            outputs[1].AsSpan<T>()[c] = T.CreateTruncating(-0.5 * products[c] * factor * inverse[c] * inverse[c] * inverse[c]);
            outputs[2].AsSpan<T>()[c] = T.CreateTruncating(sums[c]);
            // Without scaling, gamma is not learned.
            outputs[3].AsSpan<T>()[c] = scales ? T.CreateTruncating(products[c] * inverse[c]) : T.Zero;
        }
    }

    private static double Gamma<T>(ReadOnlySpan<T> gamma, int channel, bool scales) where T : INumberBase<T>
        => scales ? double.CreateTruncating(gamma[channel]) : 1;
}
