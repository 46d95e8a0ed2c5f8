using System.Numerics;

namespace Engine.Ops.LinearAlgebra;

/// <summary>A matrix as the product of a unitary and an upper triangular one, by Householder reflections; the diagonal of the triangle is real.</summary>
internal sealed class QrDecomposition<T>
    where T : unmanaged, INumberBase<T>
{
    private readonly Matrix<T> reflectors;
    private readonly T[] factors;

    internal QrDecomposition(Matrix<T> matrix)
    {
        reflectors = matrix.Clone();
        factors = new T[Math.Min(matrix.Rows, matrix.Columns)];
        for (int k = 0; k < factors.Length; k++)
        {
            double tail = 0;
            for (int i = k + 1; i < matrix.Rows; i++)
                tail += Field<T>.Norm(reflectors[i, k]);
            T head = reflectors[k, k];
            if (tail == 0 && head == Field<T>.Of(Field<T>.Real(head)))
                continue;
            double length = Math.Sqrt(tail + Field<T>.Norm(head));
            T beta = Field<T>.Of(Field<T>.Real(head) >= 0 ? -length : length);
            for (int i = k + 1; i < matrix.Rows; i++)
                reflectors[i, k] /= head - beta;
            factors[k] = Field<T>.Conjugate((beta - head) / beta);
            Reflect(reflectors, k, k + 1, factors[k]);
            reflectors[k, k] = beta;
        }
    }

    /// <summary>The upper triangle, of the given number of rows.</summary>
    internal Matrix<T> R(int rows)
    {
        var r = new Matrix<T>(rows, reflectors.Columns);
        for (int i = 0; i < Math.Min(rows, reflectors.Rows); i++)
        {
            for (int j = i; j < r.Columns; j++)
                r[i, j] = reflectors[i, j];
        }
        return r;
    }

    /// <summary>The first columns of the unitary matrix.</summary>
    internal Matrix<T> Q(int columns)
    {
        Matrix<T> q = Matrix<T>.Identity(reflectors.Rows, columns);
        for (int k = factors.Length - 1; k >= 0; k--)
            Reflect(q, k, 0, Field<T>.Conjugate(factors[k]));
        return q;
    }

    /// <summary>Applies I - factor·v·vᴴ, with the v of column k, from the left to the columns from <paramref name="first"/> on.</summary>
    private void Reflect(Matrix<T> target, int k, int first, T factor)
    {
        if (T.IsZero(factor))
            return;
        for (int j = first; j < target.Columns; j++)
        {
            T dot = target[k, j];
            for (int i = k + 1; i < target.Rows; i++)
                dot += Field<T>.Conjugate(reflectors[i, k]) * target[i, j];
            dot *= factor;
            target[k, j] -= dot;
            for (int i = k + 1; i < target.Rows; i++)
                target[i, j] -= reflectors[i, k] * dot;
        }
    }
}
