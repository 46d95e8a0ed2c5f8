using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>Reduces rows of segments in any order; rows of negative segments are dropped.</summary>
internal sealed class UnsortedSegmentKernel<TReduction, T> : Kernel where TReduction : struct, ISegmentReduction<T> where T : unmanaged
{
    public override unsafe void Compute(KernelContext context)
    {
        var (data, segments) = (context.Input(0), context.Input(1));
        var rows = UnsortedSegmentInputs.Check(data, segments, context.Input(2));
        var result = context.Allocate(0, SegmentRows.OutputShape(data.Shape, segments.Rank, rows));
        UnsortedSegmentInputs.Reduce<TReduction, T>(data.Pointer<T>(), data.Shape, segments, result.Pointer<T>(), rows, TReduction.Empty);
    }
}
