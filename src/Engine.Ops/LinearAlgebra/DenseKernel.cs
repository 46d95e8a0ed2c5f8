using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.LinearAlgebra;

/// <summary>A dense layer over the last dimensions of its input. Constant weights are packed when the plan is made.</summary>
internal sealed unsafe class DenseKernel<T> : Kernel
    where T : unmanaged, INumberBase<T>
{
    private readonly int _contracted;
    private readonly FusedOps _end;
    private readonly PackedMatrix<T>? _weights;

    public DenseKernel(KernelBuilder node)
    {
        _contracted = (int)node.Int("contracted");
        _end = new FusedOps(node);
        if (node.Constant(1) is { Count: > 0 } weights && weights.Rank >= _contracted)
            _weights = Pack(weights);
    }

    public override void Compute(KernelContext context)
    {
        Tensor x = context.Input(0), w = context.Input(1);
        int outer = x.Rank - _contracted;
        if (outer < 0 || w.Rank < _contracted || !x.Shape.Dims[outer..].SequenceEqual(w.Shape.Dims[.._contracted]))
            throw EngineException.InvalidArgument($"The last {_contracted} dimensions of {x.Shape} must be the first ones of the weights {w.Shape}");
        Tensor y = context.Allocate(0, (ReadOnlySpan<long>)[.. x.Shape.Dims[..outer], .. w.Shape.Dims[_contracted..]]);
        if (y.Count == 0)
            return;
        long rows = x.Shape.CountOf(0, outer);
        PackedMatrix<T> weights = _weights ?? Pack(w);
        MatrixView<T> left = MatrixView<T>.Dense(x.Pointer<T>(), rows, weights.Rows);
        MatrixProduct.Multiply(rows, left, weights, y.Pointer<T>(), weights.Columns, false, context.Workers, _end.For<T>(context, weights.Columns));
    }

    private PackedMatrix<T> Pack(Tensor weights)
    {
        long rows = weights.Shape.CountOf(0, _contracted), columns = weights.Shape.CountOf(_contracted, weights.Rank);
        return new PackedMatrix<T>(MatrixView<T>.Dense(weights.Pointer<T>(), rows, columns), rows, columns);
    }
}
