using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.LinearAlgebra;
using Engine.Ops.Nn;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>Sum of two tensors that are broadcast together. <c>Add</c> also joins strings.</summary>
[Op("AddV2", "Add")]
internal sealed class AddV2 : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("T");
        return MapBinary.Number<Body>(type) ?? MapBinary.Complex<Sum64, Sum128>(type)
            ?? (type == DType.String ? MapObjects.Binary<Join>() : throw node.NoKernel());
    }

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

    public static bool Fuse(RewriteContext c) => ProductFusion.Bias(c) || LayerNorm.OfSum(c) || ConvolutionFusion.Add(c) || ProductFusion.Addend(c);

    public static bool Chain(RewriteContext c) => ElementwiseChain.Fuse(c);

    public static Gradient?[] Gradient(GradientContext g) =>
    [
        g.SumToShapeOf(g.OutputGradient(0), g.Input(0)),
        g.SumToShapeOf(g.OutputGradient(0), g.Input(1)),
    ];

    internal readonly struct Body : INumberBody2
    {
        public static V Invoke<W, V, T>(V x, V y) where W : struct, INumberLanes<V, T> where T : unmanaged => W.Add(x, y);
    }

    private readonly struct Sum64 : IScalarBody2<Complex64, Complex64>
    {
        public static Complex64 Invoke(Complex64 x, Complex64 y) => x + y;
    }

    private readonly struct Sum128 : IScalarBody2<Complex, Complex>
    {
        public static Complex Invoke(Complex x, Complex y) => x + y;
    }

    private readonly struct Join : IScalarBody2<byte[], byte[]>
    {
        public static byte[] Invoke(byte[] x, byte[] y) => [.. x, .. y];
    }
}
