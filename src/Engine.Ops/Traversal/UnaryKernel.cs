using System.Runtime.CompilerServices;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Traversal;

/// <summary>An element-wise kernel of one input: in place where the input dies, split over threads where it is large.</summary>
/// <param name="cost">Rough processor cycles per element.</param>
internal sealed class UnaryKernel<TLoop, TIn, TOut>(int cost) : Kernel
    where TLoop : struct, IUnaryLoop<TIn, TOut> where TIn : unmanaged where TOut : unmanaged
{
    public override unsafe void Compute(KernelContext context)
    {
        var x = context.Input(0);
        var count = x.Shape.Count;
        var source = x.Pointer<TIn>();
        var y = Unsafe.SizeOf<TIn>() == Unsafe.SizeOf<TOut>() ? context.ForwardOrAllocate(0, 0, x.Shape) : context.Allocate(0, x.Shape);
        if (count * cost < Parallel.MinimumCycles)
        {
            TLoop.Run(ref *source, ref y.Start<TOut>(), (nint)count);
            return;
        }
        var body = new Range(source, y.Pointer<TOut>());
        context.Workers.Run(count, cost, ref body);
    }

    private readonly unsafe struct Range(TIn* source, TOut* destination) : IRangeBody
    {
        public void Invoke(long start, long end) => TLoop.Run(ref source[start], ref destination[start], (nint)(end - start));
    }
}
