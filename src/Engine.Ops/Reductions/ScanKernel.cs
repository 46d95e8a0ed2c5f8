using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>What cumulative ops share: the axis, its direction, and whether an element counts for its own result.</summary>
internal sealed class ScanKernel<TStep, T>(bool exclusive, bool reverse) : Kernel where TStep : struct, IScanStep<T> where T : unmanaged
{
    public override unsafe void Compute(KernelContext context)
    {
        var x = context.Input(0);
        var (outer, length, inner) = ScanAxis.Split(x.Shape, context.Input(1));
        var result = context.Allocate(0, x.Shape);
        var body = new ScanRange<TStep, T>(x.Pointer<T>(), result.Pointer<T>(), length, inner, exclusive, reverse);
        context.Workers.Run(outer, length * inner * 2, ref body);
    }
}
