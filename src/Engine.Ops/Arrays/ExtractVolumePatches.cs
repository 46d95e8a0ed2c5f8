using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Windows of volumes, each flattened into the last dimension.</summary>
[Op("ExtractVolumePatches")]
internal sealed class ExtractVolumePatches : IOp
{
    public static void InferShapes(InferenceContext c) => Patches.Of(c.Node, 5).InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Real);
        return Kernel.From(Patches.Of(node.Node, 5).Run);
    }

    public static Gradient?[] Gradient(GradientContext g) => Patches.Gradient(g);
}
