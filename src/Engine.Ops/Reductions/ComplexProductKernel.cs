using System.Numerics;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>Products of complex numbers over dimensions, one group of dimensions after the other.</summary>
internal sealed class ComplexProductKernel<T>(bool keepDims) : Kernel where T : unmanaged, INumberBase<T>
{
    public override unsafe void Compute(KernelContext context)
    {
        var input = context.Input(0);
        var plan = new ReductionPlan(input.Shape, context.Input(1), keepDims);
        var result = context.Allocate(0, plan.Output);
        for (var i = 0L; i < result.Count; i++)
            result.Pointer<T>()[i] = T.One;
        // Where an element goes: the kept groups' indices, with strides of the result.
        var strides = new long[plan.Groups.Count];
        var stride = 1L;
        for (var i = strides.Length - 1; i >= 0; i--)
        {
            if (plan.Groups[i].IsReduced)
                continue;
            strides[i] = stride;
            stride *= plan.Groups[i].Length;
        }
        for (var i = 0L; i < input.Count; i++)
        {
            var (rest, target) = (i, 0L);
            for (var k = strides.Length - 1; k >= 0; k--)
            {
                (rest, var index) = Math.DivRem(rest, plan.Groups[k].Length);
                target += index * strides[k];
            }
            result.Pointer<T>()[target] *= input.Pointer<T>()[i];
        }
    }
}
