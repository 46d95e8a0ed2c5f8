using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.LinearAlgebra;

/// <summary>BatchMatMul with results of one element type; factors of 8 bits are widened to it first.</summary>
internal sealed unsafe class BatchMatMulKernel<T>(KernelBuilder node, bool broadcasts) : Kernel
    where T : unmanaged, INumberBase<T>
{
    private readonly bool _adjointX = node.Bool("adj_x");
    private readonly bool _adjointY = node.Bool("adj_y");

    public override void Compute(KernelContext context)
    {
        Tensor x = context.Input(0), y = context.Input(1);
        if (x.Rank < 2 || y.Rank < 2)
            throw EngineException.InvalidArgument($"In[0] and In[1] must have at least 2 dimensions: {x.Shape} vs. {y.Shape}");
        if (!broadcasts && (x.Rank != y.Rank || !x.Shape.Dims[..^2].SequenceEqual(y.Shape.Dims[..^2])))
            throw EngineException.InvalidArgument($"In[0] and In[1] must have compatible batch dimensions: {x.Shape} vs. {y.Shape}");
        long rows = x.Shape[_adjointX ? -1 : -2], depth = x.Shape[_adjointX ? -2 : -1];
        long columns = y.Shape[_adjointY ? -2 : -1];
        if (depth != y.Shape[_adjointY ? -1 : -2])
            throw EngineException.InvalidArgument($"Matrix size-incompatible: In[0]: {x.Shape}, In[1]: {y.Shape}");
        long[] batch = Broadcast(x.Shape, y.Shape);
        Tensor output = context.Allocate(0, new Shape([.. batch, rows, columns]));
        if (output.Count == 0)
            return;

        using Scratch<T> wideX = Prepare(x, _adjointX, out T* a), wideY = Prepare(y, _adjointY, out T* b);
        var products = new BatchProduct<T>(
            rows,
            columns,
            depth,
            MatrixView<T>.Dense(a, rows, depth, _adjointX),
            MatrixView<T>.Dense(b, depth, columns, _adjointY),
            output.Pointer<T>());
        products.Run(Offsets(x.Shape, batch), Offsets(y.Shape, batch), context.Workers);
    }

    private static long[] Broadcast(Shape x, Shape y)
    {
        var batch = new long[Math.Max(x.Rank, y.Rank) - 2];
        for (int i = 1; i <= batch.Length; i++)
        {
            long dx = i <= x.Rank - 2 ? x[-2 - i] : 1, dy = i <= y.Rank - 2 ? y[-2 - i] : 1;
            if (dx != dy && dx != 1 && dy != 1)
                throw EngineException.InvalidArgument($"In[0] and In[1] must have compatible batch dimensions: {x} vs. {y}");
            batch[^i] = dx == 1 ? dy : dx;
        }

        return batch;
    }

    /// <summary>Where the matrix of each product starts: dimensions of size 1 stay in place.</summary>
    private static long[] Offsets(Shape shape, long[] batch)
    {
        long count = 1;
        foreach (long dimension in batch)
            count *= dimension;
        var offsets = new long[count];
        long matrix = shape[-1] * shape[-2];
        for (long product = 0; product < count; product++)
        {
            long rest = product, stride = matrix;
            for (int i = 1; i <= batch.Length; i++)
            {
                long index = rest % batch[^i];
                rest /= batch[^i];
                long dimension = i <= shape.Rank - 2 ? shape[-2 - i] : 1;
                if (dimension != 1)
                    offsets[product] += index * stride;
                stride *= dimension;
            }
        }

        return offsets;
    }

    /// <summary>The matrices as they are; a copy when they are 8-bit numbers, or complex and adjoint, thus to be conjugated.</summary>
    private static Scratch<T> Prepare(Tensor tensor, bool adjoint, out T* matrices)
    {
        bool conjugate = adjoint && tensor.Type.IsComplex();
        bool widen = tensor.Type is DType.Int8 or DType.UInt8;
        var copy = new Scratch<T>(conjugate || widen ? tensor.Count : 0);
        matrices = conjugate || widen ? copy.Pointer : tensor.Pointer<T>();
        if (tensor.Type == DType.Complex64)
            Conjugate<Complex64>(tensor, conjugate, z => new Complex64(z.Real, -z.Imaginary), matrices);
        else if (tensor.Type == DType.Complex128)
            Conjugate<Complex>(tensor, conjugate, Complex.Conjugate, matrices);
        for (long i = 0; i < tensor.Count && widen; i++)
            matrices[i] = tensor.Type == DType.Int8 ? T.CreateTruncating(tensor.Pointer<sbyte>()[i]) : T.CreateTruncating(tensor.Pointer<byte>()[i]);
        return copy;
    }

    private static void Conjugate<TComplex>(Tensor tensor, bool wanted, Func<TComplex, TComplex> conjugate, T* matrices)
        where TComplex : unmanaged
    {
        for (long i = 0; i < tensor.Count && wanted; i++)
            ((TComplex*)matrices)[i] = conjugate(tensor.Pointer<TComplex>()[i]);
    }
}
