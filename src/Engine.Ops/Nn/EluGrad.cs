using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Nn;

/// <summary>The gradient of Elu from its result: <c>dy · (y + 1)</c> below zero.</summary>
[Op("EluGrad")]
internal sealed class EluGrad : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0).Merge(c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node)
        => SameShape.Kernel(MapBinary.Float<Body>(node.Type("T"), cost: 4)) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (dz, y) = (g.OutputGradient(0), g.Input(1));
        var below = g.Apply("Less", y, g.Scalar(0, g.Type("T")));
        return [g.Apply("EluGrad", dz, y), g.Apply("SelectV2", below, dz * g.Input(0), g.Apply("ZerosLike", y))];
    }

    internal readonly struct Body : IFloatBody2
    {
        public static V Invoke<W, V, T>(V dy, V y) where W : struct, IFloatLanes<V, T> where T : unmanaged
            => W.Select(W.Less(y, W.Zero), W.Mul(dy, W.Add(y, W.One)), dy);
    }
}
