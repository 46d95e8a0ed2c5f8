using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.ControlFlow;

/// <summary>Makes the last value of a loop variable known outside of the loop. The executor knows the op by name.</summary>
[Op("Exit", "RefExit")]
internal sealed class Exit : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => new ForwardKernel();
}
