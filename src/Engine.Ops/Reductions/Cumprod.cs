using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>Products of the elements up to each along an axis.</summary>
[Op("Cumprod")]
internal sealed class Cumprod : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (exclusive, reverse) = (node.Bool("exclusive"), node.Bool("reverse"));
        return node.Type("T") switch
        {
            DType.Float16 => new NarrowScanKernel<Step<float>, Half>(exclusive, reverse),
            DType.BFloat16 => new NarrowScanKernel<Step<float>, BFloat16>(exclusive, reverse),
            var type => ElementTypes.Number(type, new Factory(exclusive, reverse)) ?? throw node.NoKernel(),
        };
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var sum = g.NewNode("Cumsum").Input(g.OutputGradient(0) * g.Conjugate(g.Output(0))).Input(g.Input(1)).Attr("exclusive", g.Attr("exclusive"))
            .Attr("reverse", !g.Attr("reverse").AsBool()).Build()[0];
        return [g.Apply("RealDiv", sum, g.Conjugate(g.Input(0))), null];
    }

    private readonly struct Step<T> : IScanStep<T> where T : INumberBase<T>
    {
        public static T Start => T.One;

        public static T Next(T state, T x) => state * x;
    }

    private readonly struct Factory(bool exclusive, bool reverse) : INumberFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T> => new ScanKernel<Step<T>, T>(exclusive, reverse);
    }
}
