using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Moves parts of the batch to positions inside blocks of the dimensions after it, and crops these.</summary>
[Op("BatchToSpaceND", "BatchToSpace")]
internal sealed class BatchToSpaceND : IOp
{
    public static void InferShapes(InferenceContext c) => BlockArguments.InferShapes(c, toBatch: false);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Real);
        var read = BlockArguments.Reader(node.Node);
        return Kernel.From(context =>
        {
            var (block, margins) = read(context);
            BlockGrid.ToSpace(context, block, margins);
        });
    }

    public static bool Simplify(RewriteContext c) => c.Node.Op == "BatchToSpaceND" && Nn.DilatedConvolution.OfBatchToSpace(c);

    public static Gradient?[] Gradient(GradientContext g) => BlockArguments.Gradient(g, g.Node.Op == "BatchToSpace" ? "SpaceToBatch" : "SpaceToBatchND");
}
