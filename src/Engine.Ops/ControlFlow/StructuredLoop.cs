using Engine.OpModel;
using Engine.Ops.Nn;

namespace Engine.Ops.ControlFlow;

/// <summary>A loop of TensorFlow 1 (Enter, Merge, Switch, …) that plans have as one node.</summary>
[Op("_Loop")]
internal sealed class StructuredLoop : IOp
{
    public static Kernel CreateKernel(KernelBuilder node) => StepLoopKernel.Make(node, node.Inside(), node.AsWritten);
}
