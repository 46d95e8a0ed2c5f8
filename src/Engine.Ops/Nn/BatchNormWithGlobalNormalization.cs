using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Nn;

/// <summary>The batch normalisation of graphs before version 9: given mean and variance, over the last of four dimensions.</summary>
[Op("BatchNormWithGlobalNormalization")]
internal sealed class BatchNormWithGlobalNormalization : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0, 4));

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

    public static Gradient?[] Gradient(GradientContext g)
    {
        var node = g.NewNode("BatchNormWithGlobalNormalizationGrad").Input(g.Input(0)).Input(g.Input(1)).Input(g.Input(2)).Input(g.Input(4))
            .Input(g.OutputGradient(0)).Attr("variance_epsilon", g.Attr("variance_epsilon")).Attr("scale_after_normalization", g.Attr("scale_after_normalization")).Build();
        return [node[0], node[1], node[2], node[3], node[4]];
    }

    /// <summary>Refuses what is not four-dimensional with vectors of its last dimension.</summary>
    internal static void Check(Tensor x, params ReadOnlySpan<Tensor> vectors)
    {
        if (x.Rank != 4)
            throw EngineException.InvalidArgument($"input must be 4-dimensional {x.Shape}");
        foreach (var v in vectors)
        {
            if (v.Rank != 1 || v.Count != x.Shape[3])
                throw EngineException.InvalidArgument($"mean, variance, beta and gamma must be vectors of {x.Shape[3]} elements, not {v.Shape}");
        }
    }

    private static unsafe void Compute<T>(KernelContext context, float epsilon, bool scales) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = context.Input(0);
        Check(x, context.Input(1), context.Input(2), context.Input(3), context.Input(scales ? 4 : 3));
        var mean = context.Input(1).AsSpan<T>();
        var variance = context.Input(2).AsSpan<T>();
        var beta = context.Input(3).AsSpan<T>();
        var gamma = context.Input(4).AsSpan<T>();
        var factor = new double[mean.Length];
        for (var c = 0; c < factor.Length; c++)
            factor[c] = (scales ? double.CreateTruncating(gamma[c]) : 1) / Math.Sqrt(double.CreateTruncating(variance[c]) + epsilon);
        var from = x.Pointer<T>();
        var to = context.Allocate(0, x.Shape).Pointer<T>();
        for (var i = 0L; i < x.Count; i++)
        {
            var c = (int)(i % factor.Length);
            to[i] = T.CreateTruncating((double.CreateTruncating(from[i]) - double.CreateTruncating(mean[c])) * factor[c] + double.CreateTruncating(beta[c]));
        }
    }
}
