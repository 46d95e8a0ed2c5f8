using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Nn;

namespace Engine.Ops.Arrays;

/// <summary>The dimensions in another order.</summary>
[Op("Transpose")]
internal sealed class Transpose : IOp
{
    public static void InferShapes(InferenceContext c) => Permutation.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common | TypeGroups.Float8);
        return Kernel.From(Permutation.Run);
    }

    public static bool ActsOnRows(RewriteContext c) => c.Input(1).Constant is { Count: > 0 } order && SizeInput.Elements(order)[0] == 0;

    public static bool Fuse(RewriteContext c) => AttentionPattern.OfTranspose(c);

    public static Gradient?[] Gradient(GradientContext g)
        => [g.Node("Transpose", g.OutputGradient(0), g.Node("InvertPermutation", g.Input(1))), null];
}
