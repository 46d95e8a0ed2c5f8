using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The derivative of the lower regularised incomplete gamma function in a.</summary>
[Op("IgammaGradA")]
internal sealed class IgammaGradA : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node) => MapSpecial.Binary<SpecialFunctions.IgammaGradA>(node.Type("T")) ?? throw node.NoKernel();
}
