using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Nothing: a place for control edges to meet. <c>Old</c> is what graphs before version 8 may hold.</summary>
[Op("NoOp", "Old")]
internal sealed class NoOp : IOp
{
    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(static _ => { });
}
