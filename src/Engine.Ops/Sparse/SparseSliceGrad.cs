using System.Runtime.CompilerServices;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Sparse;

/// <summary>The gradient of the values of SparseSlice: zero for the entries outside of the box.</summary>
[Op("SparseSliceGrad")]
internal sealed class SparseSliceGrad : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 1);
        c.Input(3, 2);
        c.SetOutput(0, PartialShape.Vector(c.Input(1, 2)[0]));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (!node.Type("T").IsInteger() && !node.Type("T").IsFloating() && !node.Type("T").IsComplex())
            throw node.NoKernel();
        return Kernel.From(Run);
    }

    private static void Run(KernelContext context)
    {
        var (gradient, all, kept) = (context.Input(0), context.Input(1), context.Input(3));
        if (all.Rank != 2 || kept.Rank != 2)
            throw EngineException.InvalidArgument($"Input and output indices should be matrices but received shapes: {all.Shape} and {kept.Shape}");
        if (gradient.Rank != 1)
            throw EngineException.InvalidArgument($"Input backprop_val_grad should be a vector but received shape: {gradient.Shape}");
        var start = IndexTensor.Vector(context.Input(2), "Input start");
        if (all.Shape[1] != kept.Shape[1] || start.Length != all.Shape[1])
            throw EngineException.InvalidArgument($"The input, output indices and start should have the same number of dimensions: got {all.Shape[1]}, {kept.Shape[1]} and {start.Length}");
        if (gradient.Count != kept.Shape[0])
            throw EngineException.InvalidArgument($"# elements in backprop_val_grad and # rows in indices should match: got {gradient.Count} and {kept.Shape[0]}");
        var result = context.AllocateZeros(0, Shape.Vector(all.Shape[0]));
        var action = new Scatter(gradient, all, kept, start, result);
        Elements.Dispatch(result.Type, ref action);
    }

    private readonly struct Scatter(Tensor gradient, Tensor all, Tensor kept, long[] start, Tensor result) : IElementAction
    {
        // Both lists of coordinates are in the same order, so that one walk matches them.
        public void Invoke<T>()
        {
            var x = all.AsSpan<long>();
            var y = kept.AsSpan<long>();
            var (count, rank, found) = ((int)gradient.Count, start.Length, 0);
            for (var i = 0; i < result.Count && found < count; i++)
            {
                var same = true;
                for (var d = 0; d < rank; d++)
                    same &= x[i * rank + d] == y[found * rank + d] + start[d];
                if (same)
                    Unsafe.Add(ref Elements.First<T>(result), i) = Unsafe.Add(ref Elements.First<T>(gradient), found++);
            }
            if (found < count)
                throw EngineException.Internal($"Elements of backprop_val_grad aren't all propagated. Num elements:{count}, used: {found}");
        }
    }
}
