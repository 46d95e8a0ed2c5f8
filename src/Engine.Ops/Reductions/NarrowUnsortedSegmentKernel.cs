using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>Reduces rows of 16-bit floats in float.</summary>
/// <param name="limit">The largest finite number: what is empty stays finite.</param>
internal sealed class NarrowUnsortedSegmentKernel<TReduction, TNarrow>(float limit) : Kernel where TReduction : struct, ISegmentReduction<float> where TNarrow : unmanaged
{
    public override unsafe void Compute(KernelContext context)
    {
        var (data, segments) = (context.Input(0), context.Input(1));
        var rows = UnsortedSegmentInputs.Check(data, segments, context.Input(2));
        var result = context.Allocate(0, SegmentRows.OutputShape(data.Shape, segments.Rank, rows));
        using var wide = WideTensor.Of<TNarrow>(context, data);
        using var sums = context.Temporary(DType.Float32, result.Shape);
        UnsortedSegmentInputs.Reduce<TReduction, float>(wide.Pointer<float>(), data.Shape, segments, sums.Pointer<float>(), rows, Math.Clamp(TReduction.Empty, -limit, limit));
        WideTensor.Narrow<TNarrow>(sums, result);
    }
}
