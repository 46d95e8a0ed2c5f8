using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Nothing: a place for control edges to meet.</summary>
[Op("NoOp")]
internal sealed class NoOp : IOp
{
    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(static _ => { });
}
