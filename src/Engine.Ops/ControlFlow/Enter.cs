using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.ControlFlow;

/// <summary>Makes a tensor known in a loop: as a loop variable, or in every iteration. The executor knows the op by name.</summary>
[Op("Enter", "RefEnter")]
internal sealed class Enter : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Attr("is_constant").AsBool() ? c.Input(0) : PartialShape.Unknown);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (node.Int("parallel_iterations") is < 1 or >= int.MaxValue)
            throw node.Fail("parallel_iterations must be positive and below the largest 32-bit number.");
        return new ForwardKernel();
    }
}
