using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>Reduces rows that are chosen by index and belong to sorted segments.</summary>
internal sealed class SparseSegmentKernel<TReduction, T> : Kernel where TReduction : struct, ISegmentReduction<T> where T : unmanaged
{
    public override unsafe void Compute(KernelContext context)
    {
        var data = context.Input(0);
        var rows = SparseSegmentInputs.Check(context);
        var result = context.Allocate(0, SegmentRows.OutputShape(data.Shape, 1, rows));
        SegmentRows.Reduce<TReduction, T>(data.Pointer<T>(), SegmentRows.Width(data.Shape, 1), context.Input(2), context.Input(1), result.Pointer<T>(), rows);
    }
}
