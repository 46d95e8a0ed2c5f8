using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>Sets an element of an array.</summary>
[Op("TensorArrayWriteV3", "TensorArrayWriteV2", "TensorArrayWrite")]
internal sealed class TensorArrayWrite : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("T");
        return Kernel.From(context =>
        {
            var array = context.Array(type);
            array.Write(context.Int(1, "TensorArray index"), context.Take(2));
            context.SetFlow(3);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var flow = g.OutputGradient(0);
        var array = g.GradientArray(flow);
        return [null, null, g.NewNode(g.Generation("TensorArrayRead")).Input(array.Handle).Input(g.Input(1)).Input(array.Flow).Attr("dtype", g.Type("T")).Build()[0], flow];
    }
}
