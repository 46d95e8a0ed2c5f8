using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Arrays;

/// <summary>The input with slices replaced at coordinates; of equal coordinates the last counts.</summary>
[Op("TensorScatterUpdate")]
internal sealed class TensorScatterUpdate : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.WithRankAtLeast(c.Input(0), 1));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (node.Type("Tindices") is not DType.Int32 and not DType.Int64)
            throw node.NoKernel();
        return ElementTypes.Move(node.Type("T", TypeGroups.Plain | TypeGroups.String), new Factory());
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (indices, gradient) = (g.Input(1), g.OutputGradient(0));
        return [g.Node("TensorScatterUpdate", gradient, indices, g.ZerosLike(g.Input(2))), null, g.Node("GatherNd", gradient, indices)];
    }

    private readonly struct Factory : IMoveFactory
    {
        public Kernel Create<T>() => Scatter.IntoTensor<T, Scatter.Replace<T>>();
    }
}
