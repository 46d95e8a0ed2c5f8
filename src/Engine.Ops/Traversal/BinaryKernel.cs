using System.Runtime.CompilerServices;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Traversal;

/// <summary>An element-wise kernel of two inputs that are broadcast together, in place where an input of the result's shape dies.</summary>
/// <param name="cost">Rough processor cycles per element.</param>
internal sealed class BinaryKernel<TLoop, TIn, TOut>(int cost) : Kernel
    where TLoop : struct, IBinaryLoop<TIn, TOut> where TIn : unmanaged where TOut : unmanaged
{
    public override unsafe void Compute(KernelContext context)
    {
        var x = context.Input(0);
        var y = context.Input(1);
        var shape = Broadcasting.Shape(x.Shape, y.Shape);
        var left = x.Pointer<TIn>();
        var right = y.Pointer<TIn>();
        Tensor z;
        if (Unsafe.SizeOf<TIn>() != Unsafe.SizeOf<TOut>())
            z = context.Allocate(0, shape);
        else if (x.Shape.Count == shape.Count)
            z = y.Shape.Count == shape.Count ? context.ForwardOrAllocate(0, 1, 0, shape) : context.ForwardOrAllocate(0, 0, shape);
        else
            z = y.Shape.Count == shape.Count ? context.ForwardOrAllocate(1, 0, shape) : context.Allocate(0, shape);
        var result = z.Pointer<TOut>();
        var (m, n, count) = (x.Shape.Count, y.Shape.Count, shape.Count);
        // A single element against a single element is not taken as a scalar: in place, both would be the result.
        if (count == 0)
            return;
        if (m == count && n == count)
            Flat(context, left, right, result, count, false, false);
        else if (m == 1)
            Flat(context, left, right, result, count, true, false);
        else if (n == 1)
            Flat(context, left, right, result, count, false, true);
        else
            Strided(context, new BroadcastPlan(x.Shape, y.Shape, shape), left, right, result);
    }

    private unsafe void Flat(KernelContext context, TIn* x, TIn* y, TOut* z, long count, bool xIsScalar, bool yIsScalar)
    {
        if (count * cost < Parallel.MinimumCycles)
        {
            TLoop.Run(ref *x, ref *y, ref *z, (nint)count, xIsScalar, yIsScalar);
            return;
        }
        var body = new FlatRange(x, y, z, xIsScalar, yIsScalar);
        context.Workers.Run(count, cost, ref body);
    }

    private unsafe void Strided(KernelContext context, BroadcastPlan plan, TIn* x, TIn* y, TOut* z)
    {
        var body = new RowRange(plan, x, y, z);
        context.Workers.Run(plan.Rows, plan.RowLength * cost, ref body);
    }

    private readonly unsafe struct FlatRange(TIn* x, TIn* y, TOut* z, bool xIsScalar, bool yIsScalar) : IRangeBody
    {
        public void Invoke(long start, long end) => TLoop.Run(ref x[xIsScalar ? 0 : start], ref y[yIsScalar ? 0 : start], ref z[start], (nint)(end - start), xIsScalar, yIsScalar);
    }

    private readonly unsafe struct RowRange(BroadcastPlan plan, TIn* x, TIn* y, TOut* z) : IRangeBody
    {
        public void Invoke(long start, long end)
        {
            for (var row = start; row < end; row++)
            {
                var (i, j) = plan.Offsets(row);
                TLoop.Run(ref x[i], ref y[j], ref z[row * plan.RowLength], (nint)plan.RowLength, plan.XIsScalar, plan.YIsScalar);
            }
        }
    }
}
