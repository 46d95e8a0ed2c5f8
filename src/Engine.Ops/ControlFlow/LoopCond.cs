using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.ControlFlow;

/// <summary>Whether a loop goes on: passes the condition to its switches.</summary>
[Op("LoopCond")]
internal sealed class LoopCond : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0, 0));

    public static Kernel CreateKernel(KernelBuilder node) => new ForwardKernel();
}
