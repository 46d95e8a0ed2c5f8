using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>Reduces rows of sorted segments.</summary>
internal sealed class SegmentKernel<TReduction, T> : Kernel where TReduction : struct, ISegmentReduction<T> where T : unmanaged
{
    public override unsafe void Compute(KernelContext context)
    {
        var (data, segments) = (context.Input(0), context.Input(1));
        var rows = SegmentInputs.Check(data, segments);
        var result = context.Allocate(0, SegmentRows.OutputShape(data.Shape, 1, rows));
        SegmentRows.Reduce<TReduction, T>(data.Pointer<T>(), SegmentRows.Width(data.Shape, 1), segments, null, result.Pointer<T>(), rows);
    }
}
