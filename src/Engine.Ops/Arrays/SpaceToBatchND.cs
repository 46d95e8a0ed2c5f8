using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Pads the dimensions after the batch, cuts them into blocks, and moves the position inside the block to the batch.</summary>
[Op("SpaceToBatchND", "SpaceToBatch")]
internal sealed class SpaceToBatchND : IOp
{
    public static void InferShapes(InferenceContext c) => BlockArguments.InferShapes(c, toBatch: true);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Real);
        var read = BlockArguments.Reader(node.Node);
        return Kernel.From(context =>
        {
            var (block, margins) = read(context);
            BlockGrid.ToBatch(context, block, margins);
        });
    }

    public static Gradient?[] Gradient(GradientContext g) => BlockArguments.Gradient(g, g.Node.Op == "SpaceToBatch" ? "BatchToSpace" : "BatchToSpaceND");
}
