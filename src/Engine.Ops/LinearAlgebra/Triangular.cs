using System.Numerics;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Triangular systems, by substitution.</summary>
internal static class Triangular
{
    /// <summary>Solves for each column of <paramref name="right"/>; only the named triangle is read. A zero on the diagonal gives infinities.</summary>
    internal static Matrix<T> Solve<T>(Matrix<T> matrix, Matrix<T> right, bool lower, bool adjoint, bool unitDiagonal = false)
        where T : unmanaged, INumberBase<T>
    {
        if (adjoint)
        {
            matrix = matrix.Adjoint();
            lower = !lower;
        }
        Matrix<T> x = right.Clone();
        int n = matrix.Rows;
        for (int step = 0; step < n; step++)
        {
            int i = lower ? step : n - 1 - step;
            Span<T> row = x.Row(i);
            for (int k = lower ? 0 : i + 1, end = lower ? i : n; k < end; k++)
            {
                T factor = matrix[i, k];
                ReadOnlySpan<T> other = x.Row(k);
                for (int j = 0; j < row.Length; j++)
                    row[j] -= factor * other[j];
            }
            if (unitDiagonal)
                continue;
            T diagonal = matrix[i, i];
            foreach (ref T item in row)
                item = T.IsZero(diagonal) && typeof(T) == typeof(Complex) ? Field<T>.Of(T.IsZero(item) ? double.NaN : double.PositiveInfinity) : item / diagonal;
        }
        return x;
    }
}
