using System.Numerics;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Solves stacks of triangular systems, whole or as bands; outer dimensions of 1 broadcast.</summary>
internal sealed class TriangularSolveKernel<T>(Func<Matrix<T>, Matrix<T>, Matrix<T>> solve, bool banded = false) : Kernel
    where T : unmanaged, INumberBase<T>
{
    public override void Compute(KernelContext context)
    {
        Tensor matrix = context.Input(0), right = context.Input(1);
        if (banded)
            MatrixStack.Check(matrix);
        else
            MatrixStack.CheckSquare(matrix);
        if (banded && (matrix.Count == 0 || right.Count == 0))
            throw EngineException.InvalidArgument($"In[0] and In[1] must not be empty: {matrix.Shape} and {right.Shape}");
        if (matrix.Shape[-2] > matrix.Shape[-1] && banded)
            throw EngineException.InvalidArgument($"The number of bands cannot exceed the size of the matrix: {matrix.Shape}");
        MatrixStack.Check(right);
        if (matrix.Shape[-1] != right.Shape[-2])
            throw EngineException.InvalidArgument($"In[0] mismatch In[1] shape: {matrix.Shape} and {right.Shape}");
        int rank = Math.Max(matrix.Rank, right.Rank) - 2;
        var batch = new long[rank];
        for (int i = 1; i <= rank; i++)
        {
            long x = i <= matrix.Rank - 2 ? matrix.Shape[-2 - i] : 1, y = i <= right.Rank - 2 ? right.Shape[-2 - i] : 1;
            if (x != y && x != 1 && y != 1)
                throw EngineException.InvalidArgument($"In[0] and In[1] must have compatible batch dimensions: {matrix.Shape} vs. {right.Shape}");
            batch[^i] = x == 1 ? y : x;
        }
        Tensor output = context.Allocate(0, new Shape([.. batch, right.Shape[-2], right.Shape[-1]]));
        if (output.Count == 0)
            return;
        long count = output.Shape.CountOf(0, rank);
        for (long index = 0; index < count; index++)
        {
            Matrix<T> a = MatrixStack.Read<T>(matrix, Source(index, batch, matrix.Shape)), b = MatrixStack.Read<T>(right, Source(index, batch, right.Shape));
            MatrixStack.Write(solve(a, b), output, index);
        }
    }

    /// <summary>The matrix of an operand that the output's matrix is made from.</summary>
    private static long Source(long index, long[] batch, Shape operand)
    {
        long source = 0, stride = 1;
        for (int i = 1; i <= operand.Rank - 2; i++)
        {
            long dimension = operand[-2 - i];
            if (dimension != 1)
                source += index % batch[^i] * stride;
            index /= batch[^i];
            stride *= dimension;
        }
        return source;
    }
}
