using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Elementwise;
using Engine.Ops.Gemm;
using Engine.Ops.LinearAlgebra;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>x above zero, alpha x below.</summary>
[Op("LeakyRelu")]
internal sealed class LeakyRelu : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float32 => new LeakyReluKernel<FloatLoop2<Scale, float>, float>(node.Float("alpha")),
        DType.Float64 => new LeakyReluKernel<FloatLoop2<Scale, double>, double>(node.Float("alpha")),
        DType.Float16 => new LeakyReluKernel<NarrowLoop2<FloatLoop2<Scale, float>, Half>, Half>((Half)node.Float("alpha")),
        DType.BFloat16 => new LeakyReluKernel<NarrowLoop2<FloatLoop2<Scale, float>, BFloat16>, BFloat16>((BFloat16)node.Float("alpha")),
        _ => throw node.NoKernel(),
    };

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

    public static bool Fuse(RewriteContext c) => ProductFusion.Activation(c, Activation.LeakyRelu, c.Node.Attr("alpha").AsFloat()) || ConvolutionFusion.Activate(c, Activation.LeakyRelu, c.Node.Attr("alpha").AsFloat());

    public static bool Chain(RewriteContext c) => ElementwiseChain.Fuse(c);

    public static Gradient?[] Gradient(GradientContext g)
        => [g.NewNode("LeakyReluGrad").Input(g.OutputGradient(0)).Input(g.Input(0)).Attr("alpha", g.Attr("alpha")).Build()[0]];

    // Like max(x, alpha x) for alpha up to 1, and right beyond.
    internal readonly struct Scale : IFloatBody2
    {
        public static V Invoke<W, V, T>(V x, V alpha) where W : struct, Lanes.IFloatLanes<V, T> where T : unmanaged
            => W.Select(W.Greater(x, W.Zero), x, W.Mul(x, alpha));
    }

    private sealed class LeakyReluKernel<TLoop, T>(T alpha) : Kernel where TLoop : struct, IBinaryLoop<T, T> where T : unmanaged
    {
        public override unsafe void Compute(KernelContext context)
        {
            var x = context.Input(0);
            var source = x.Pointer<T>();
            var body = new Range(source, context.ForwardOrAllocate(0, 0, x.Shape).Pointer<T>(), alpha);
            context.Workers.Run(x.Count, 2, ref body);
        }

        private readonly unsafe struct Range(T* x, T* y, T alpha) : IRangeBody
        {
            public void Invoke(long start, long end)
            {
                var factor = alpha;
                TLoop.Run(ref x[start], ref factor, ref y[start], (nint)(end - start), false, true);
            }
        }
    }
}
