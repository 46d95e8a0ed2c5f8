using System.Numerics;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>A reduction of numbers.</summary>
/// <param name="keepDims">Whether reduced dimensions stay as 1.</param>
/// <param name="parts">Numbers per element: 2 for complex numbers, whose parts are reduced apart.</param>
/// <typeparam name="TReduction">The combination.</typeparam>
/// <typeparam name="TEnd">What happens to the results at last.</typeparam>
/// <typeparam name="T">The number.</typeparam>
internal sealed class ReductionKernel<TReduction, TEnd, T>(bool keepDims, int parts = 1) : Kernel
    where TReduction : struct, IReduction where TEnd : struct, IReductionEnd where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    public override unsafe void Compute(KernelContext context)
    {
        var input = context.Input(0);
        var plan = new ReductionPlan(input.Shape, context.Input(1), keepDims);
        plan.Append(parts, false);
        var result = context.Allocate(0, plan.Output);
        Reducer<TReduction, T>.Run(context.Workers, input.Pointer<T>(), result.Pointer<T>(), plan);
        TEnd.Finish(ref result.Start<T>(), (nint)result.Count * parts, plan.ReducedCount);
    }
}
