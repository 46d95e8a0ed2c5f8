using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Windows of images, each flattened into the last dimension.</summary>
[Op("ExtractImagePatches")]
internal sealed class ExtractImagePatches : IOp
{
    public static void InferShapes(InferenceContext c) => Patches.Of(c.Node, 4).InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Number);
        return Kernel.From(Patches.Of(node.Node, 4).Run);
    }

    public static Gradient?[] Gradient(GradientContext g) => Patches.Gradient(g);
}
