using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>A scan over 16-bit floats whose state is a float.</summary>
internal sealed class NarrowScanKernel<TStep, TNarrow>(bool exclusive, bool reverse) : Kernel where TStep : struct, IScanStep<float> where TNarrow : unmanaged
{
    public override unsafe void Compute(KernelContext context)
    {
        var x = context.Input(0);
        var (outer, length, inner) = ScanAxis.Split(x.Shape, context.Input(1));
        using var wide = WideTensor.Of<TNarrow>(context, x);
        using var sums = context.Temporary(DType.Float32, x.Shape);
        var body = new ScanRange<TStep, float>(wide.Pointer<float>(), sums.Pointer<float>(), length, inner, exclusive, reverse);
        context.Workers.Run(outer, length * inner * 2, ref body);
        WideTensor.Narrow<TNarrow>(sums, context.Allocate(0, x.Shape));
    }
}
