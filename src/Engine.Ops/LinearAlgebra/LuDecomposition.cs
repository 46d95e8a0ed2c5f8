using System.Numerics;

namespace Engine.Ops.LinearAlgebra;

/// <summary>A square matrix as the product of a unit lower and an upper triangle, with rows exchanged so that the pivots are the largest.</summary>
internal sealed class LuDecomposition<T>
    where T : unmanaged, INumberBase<T>
{
    internal LuDecomposition(Matrix<T> matrix)
    {
        Factors = matrix.Clone();
        int n = matrix.Rows;
        Order = new int[n];
        for (int i = 0; i < n; i++)
            Order[i] = i;
        Sign = 1;
        for (int k = 0; k < n; k++)
        {
            Exchange(k, Pivot(k));
            T pivot = Factors[k, k];
            if (T.IsZero(pivot) || (k == 0 && T.IsNaN(pivot)))
            {
                IsSingular = true;
                continue;
            }
            for (int i = k + 1; i < n; i++)
            {
                T factor = Factors[i, k] /= pivot;
                Span<T> row = Factors.Row(i);
                ReadOnlySpan<T> top = Factors.Row(k);
                for (int j = k + 1; j < n; j++)
                    row[j] -= factor * top[j];
            }
        }
    }

    /// <summary>Both triangles; the unit diagonal is not stored.</summary>
    internal Matrix<T> Factors { get; }

    /// <summary>Which row of the matrix each row of the factors is.</summary>
    internal int[] Order { get; }

    /// <summary>The sign of the order.</summary>
    internal int Sign { get; private set; }

    /// <summary>Whether a pivot is zero, or the first one NaN.</summary>
    internal bool IsSingular { get; }

    internal T Determinant()
    {
        T product = Field<T>.Of(Sign);
        for (int i = 0; i < Factors.Rows; i++)
            product *= Factors[i, i];
        return product;
    }

    internal Matrix<T> Solve(Matrix<T> right)
    {
        var ordered = new Matrix<T>(right.Rows, right.Columns);
        for (int i = 0; i < right.Rows; i++)
            right.Row(Order[i]).CopyTo(ordered.Row(i));
        return Triangular.Solve(Factors, Triangular.Solve(Factors, ordered, true, false, unitDiagonal: true), false, false);
    }

    private int Pivot(int k)
    {
        int best = k;
        for (int i = k + 1; i < Factors.Rows; i++)
        {
            if (Field<T>.Magnitude(Factors[i, k]) > Field<T>.Magnitude(Factors[best, k]))
                best = i;
        }
        return best;
    }

    private void Exchange(int a, int b)
    {
        if (a == b)
            return;
        for (int j = 0; j < Factors.Columns; j++)
            (Factors[a, j], Factors[b, j]) = (Factors[b, j], Factors[a, j]);
        (Order[a], Order[b]) = (Order[b], Order[a]);
        Sign = -Sign;
    }
}
