using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.LinearAlgebra;

/// <summary>MatMul of one element type, and what may follow it. A constant right matrix is packed when the plan is made.</summary>
internal sealed unsafe class MatMulKernel<T> : Kernel
    where T : unmanaged, INumberBase<T>
{
    private readonly bool _transposeA;
    private readonly bool _transposeB;
    private readonly PackedMatrix<T>? _weights;
    private readonly FusedOps? _end;

    public MatMulKernel(KernelBuilder node, FusedOps? end = null)
    {
        _end = end;
        _transposeA = node.Bool("transpose_a");
        _transposeB = node.Bool("transpose_b");
        if ((typeof(T) == typeof(float) || typeof(T) == typeof(double)) && node.Constant(1) is { Rank: 2, Count: > 0 } weights)
        {
            long rows = weights.Shape[_transposeB ? 1 : 0], columns = weights.Shape[_transposeB ? 0 : 1];
            _weights = new PackedMatrix<T>(MatrixView<T>.Dense(weights.Pointer<T>(), rows, columns, _transposeB), rows, columns);
        }
    }

    public override void Compute(KernelContext context)
    {
        Tensor a = context.Input(0), b = context.Input(1);
        if (a.Rank != 2)
            throw EngineException.InvalidArgument($"In[0] is not a matrix. Instead it has shape {a.Shape}");
        if (b.Rank != 2)
            throw EngineException.InvalidArgument($"In[1] is not a matrix. Instead it has shape {b.Shape}");
        long rows = a.Shape[_transposeA ? 1 : 0], depth = a.Shape[_transposeA ? 0 : 1];
        long columns = b.Shape[_transposeB ? 0 : 1];
        bool repeats = false;
        if (depth != b.Shape[_transposeB ? 1 : 0])
            throw EngineException.InvalidArgument($"Matrix size-incompatible: In[0]: {a.Shape}, In[1]: {b.Shape}");

        if (_end is { HasAddend: true })
        {
            // The product and the matrix are broadcast together: one row serves for all.
            Shape addend = context.Input(context.InputCount - 1).Shape;
            if (addend.Rank != 2 || addend[1] != columns || (addend[0] != rows && addend[0] != 1 && rows != 1))
                throw EngineException.InvalidArgument($"Incompatible shapes: {new Shape(rows, columns)} vs. {addend}");
            repeats = rows == 1 && addend[0] != 1;
            rows = repeats ? addend[0] : rows;
        }

        Epilogue<T> epilogue = _end is null ? default : _end.For<T>(context, columns);
        T* c = context.Allocate(0, rows, columns).Pointer<T>();
        if (rows == 0)
            return;
        MatrixView<T> left = MatrixView<T>.Dense(a.Pointer<T>(), repeats ? 1 : rows, depth, _transposeA);
        if (repeats)
            left = new MatrixView<T>(left.Data, 0, left.ColumnStride);
        if (_weights is not null && _weights.Rows == depth && _weights.Columns == columns)
        {
            MatrixProduct.Multiply(rows, left, _weights, c, columns, false, context.Workers, epilogue);
            return;
        }

        MatrixView<T> right = MatrixView<T>.Dense(b.Pointer<T>(), depth, columns, _transposeB);
        BatchProduct<T>.Multiply(rows, columns, depth, left, right, c, columns, false, context.Workers);
        if (!epilogue.IsEmpty)
            epilogue.Apply(c, columns, rows, columns, 0, 0);
    }
}
