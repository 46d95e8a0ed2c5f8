using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>An element of an array.</summary>
[Op("TensorArrayReadV3", "TensorArrayReadV2", "TensorArrayRead")]
internal sealed class TensorArrayRead : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("dtype");
        return Kernel.From(context => context.MoveOutput(0, context.Array(type).Read(context.Int(1, "TensorArray index"))));
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var array = g.GradientArray(g.Input(2));
        return [null, null, g.NewNode(g.Generation("TensorArrayWrite")).Input(array.Handle).Input(g.Input(1)).Input(g.OutputGradient(0)).Input(array.Flow).Build()[0]];
    }
}
