using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>Reduces rows of 16-bit floats that are chosen by index and belong to sorted segments, in float.</summary>
internal sealed class NarrowSparseSegmentKernel<TReduction, TNarrow> : Kernel where TReduction : struct, ISegmentReduction<float> where TNarrow : unmanaged
{
    public override unsafe void Compute(KernelContext context)
    {
        var data = context.Input(0);
        var rows = SparseSegmentInputs.Check(context);
        var result = context.Allocate(0, SegmentRows.OutputShape(data.Shape, 1, rows));
        using var wide = WideTensor.Of<TNarrow>(context, data);
        using var sums = context.Temporary(DType.Float32, result.Shape);
        SegmentRows.Reduce<TReduction, float>(wide.Pointer<float>(), SegmentRows.Width(data.Shape, 1), context.Input(2), context.Input(1), sums.Pointer<float>(), rows);
        WideTensor.Narrow<TNarrow>(sums, result);
    }
}
