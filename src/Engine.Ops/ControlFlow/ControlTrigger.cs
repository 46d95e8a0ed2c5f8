using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.ControlFlow;

/// <summary>Does nothing, and is alive even when what it waits for is dead.</summary>
[Op("ControlTrigger")]
internal sealed class ControlTrigger : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(_ => { });
}
