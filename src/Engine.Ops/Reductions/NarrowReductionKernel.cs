using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>A reduction of 16-bit floats, in float.</summary>
/// <param name="keepDims">Whether reduced dimensions stay as 1.</param>
/// <typeparam name="TReduction">The combination.</typeparam>
/// <typeparam name="TEnd">What happens to the results at last.</typeparam>
/// <typeparam name="TNarrow">The 16-bit float.</typeparam>
internal sealed class NarrowReductionKernel<TReduction, TEnd, TNarrow>(bool keepDims) : Kernel
    where TReduction : struct, IReduction where TEnd : struct, IReductionEnd where TNarrow : unmanaged
{
    public override unsafe void Compute(KernelContext context)
    {
        var input = context.Input(0);
        var plan = new ReductionPlan(input.Shape, context.Input(1), keepDims);
        var result = context.Allocate(0, plan.Output);
        using var wide = WideTensor.Of<TNarrow>(context, input);
        using var sums = Tensor.Allocate(DType.Float32, plan.Output);
        Reducer<TReduction, float>.Run(context.Workers, wide.Pointer<float>(), sums.Pointer<float>(), plan);
        TEnd.Finish(ref sums.Start<float>(), (nint)sums.Count, plan.ReducedCount);
        WideTensor.Narrow<TNarrow>(sums, result);
    }
}
