using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.ControlFlow;

/// <summary>Makes a tensor known in the next iteration of a loop. The executor knows the op by name.</summary>
[Op("NextIteration", "RefNextIteration")]
internal sealed class NextIteration : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => new ForwardKernel();
}
