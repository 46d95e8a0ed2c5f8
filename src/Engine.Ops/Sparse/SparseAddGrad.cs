using System.Runtime.CompilerServices;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Sparse;

/// <summary>Gradients of the values of SparseAdd: those of the sums that were kept.</summary>
[Op("SparseAddGrad")]
internal sealed class SparseAddGrad : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 1);
        c.Input(3, 2);
        c.SetOutput(0, PartialShape.Vector(c.Input(1, 2)[0]));
        c.SetOutput(1, PartialShape.Vector(c.Input(2, 2)[0]));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (node.Type("T") is not (DType.Float32 or DType.Float64 or DType.Int8 or DType.Int16 or DType.Int32 or DType.Int64 or DType.Complex64 or DType.Complex128))
            throw node.NoKernel();
        return Kernel.From(Run);
    }

    private static void Run(KernelContext context)
    {
        var (gradient, a, b, sum) = (context.Input(0), context.Input(1), context.Input(2), context.Input(3));
        if (a.Rank != 2 || b.Rank != 2 || sum.Rank != 2)
            throw EngineException.InvalidArgument($"Inputs indices should be matrices but received shapes: {a.Shape} and {b.Shape}");
        if (gradient.Rank != 1 || gradient.Count != sum.Shape[0])
            throw EngineException.InvalidArgument($"# elements in backprop_val_grad and sum_indices should match: {gradient.Shape} and {sum.Shape}");
        if (a.Shape[1] != b.Shape[1] || a.Shape[1] != sum.Shape[1])
            throw EngineException.InvalidArgument($"The densified operands should have the same ndims; got {a.Shape[1]}, {b.Shape[1]}, {sum.Shape[1]}");
        foreach (var (output, indices) in new[] { (0, a), (1, b) })
        {
            var action = new Scatter(gradient, indices, sum, context.AllocateZeros(output, Shape.Vector(indices.Shape[0])));
            Elements.Dispatch(gradient.Type, ref action);
        }
    }

    private readonly struct Scatter(Tensor gradient, Tensor indices, Tensor sums, Tensor result) : IElementAction
    {
        public void Invoke<T>()
        {
            var x = indices.AsSpan<long>();
            var y = sums.AsSpan<long>();
            var (rank, at) = ((int)sums.Shape[1], 0);
            for (var i = 0; i < result.Count; i++)
            {
                while (at < gradient.Count && y.Slice(at * rank, rank).SequenceCompareTo(x.Slice(i * rank, rank)) < 0)
                    at++;
                if (at < gradient.Count && y.Slice(at * rank, rank).SequenceEqual(x.Slice(i * rank, rank)))
                    Unsafe.Add(ref Elements.First<T>(result), i) = Unsafe.Add(ref Elements.First<T>(gradient), at);
            }
        }
    }
}
