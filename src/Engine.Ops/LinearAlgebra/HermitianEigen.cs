using System.Numerics;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Eigenvalues, ascending, and eigenvectors of a Hermitian matrix, of which the lower triangle is read, by Jacobi's rotations.</summary>
internal sealed class HermitianEigen<T>
    where T : unmanaged, INumberBase<T>
{
    private const int MaxSweeps = 60;

    /// <exception cref="EngineException">INVALID_ARGUMENT for NaN and infinities.</exception>
    internal HermitianEigen(Matrix<T> matrix)
    {
        int n = matrix.Rows;
        Matrix<T> a = matrix.Clone();
        for (int i = 0; i < n; i++)
        {
            a[i, i] = Field<T>.Of(Field<T>.Real(a[i, i]));
            for (int j = 0; j < i; j++)
                a[j, i] = Field<T>.Conjugate(a[i, j]);
        }
        if (!double.IsFinite(a.ColumnNorm()))
            throw EngineException.InvalidArgument("Self-adjoint eigen decomposition was not successful. The input might not be valid.");
        Matrix<T> v = Matrix<T>.Identity(n, n);
        for (int sweep = 0; sweep < MaxSweeps && Sweep(a, v); sweep++)
        {
        }
        var order = new int[n];
        for (int i = 0; i < n; i++)
            order[i] = i;
        Array.Sort(order, (x, y) => Field<T>.Real(a[x, x]).CompareTo(Field<T>.Real(a[y, y])));
        Values = new Matrix<T>(n, 1);
        Vectors = new Matrix<T>(n, n);
        for (int j = 0; j < n; j++)
        {
            Values[j, 0] = a[order[j], order[j]];
            for (int i = 0; i < n; i++)
                Vectors[i, j] = v[i, order[j]];
        }
    }

    /// <summary>The eigenvalues, as a column.</summary>
    internal Matrix<T> Values { get; }

    /// <summary>The eigenvectors, as columns of length 1.</summary>
    internal Matrix<T> Vectors { get; }

    /// <summary>Turns each pair of axes once; false when all is diagonal.</summary>
    private static bool Sweep(Matrix<T> a, Matrix<T> v)
    {
        bool turned = false;
        int n = a.Rows;
        for (int p = 0; p < n; p++)
        {
            for (int q = p + 1; q < n; q++)
            {
                double off = Field<T>.Magnitude(a[p, q]);
                double x = Field<T>.Real(a[p, p]), y = Field<T>.Real(a[q, q]);
                if (off <= 1e-17 * Math.Sqrt(Math.Abs(x * y)) || off < 1e-300)
                    continue;
                turned = true;
                double theta = (y - x) / (2 * off);
                double t = 1 / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
                if (theta < 0)
                    t = -t;
                double c = 1 / Math.Sqrt(t * t + 1);
                Rotate(a, v, p, q, Field<T>.Of(c), Field<T>.Of(t * c) * (a[p, q] / Field<T>.Of(off)));
            }
        }
        return turned;
    }

    private static void Rotate(Matrix<T> a, Matrix<T> v, int p, int q, T c, T s)
    {
        T back = Field<T>.Conjugate(s);
        for (int k = 0; k < a.Rows; k++)
        {
            (a[k, p], a[k, q]) = (c * a[k, p] - back * a[k, q], s * a[k, p] + c * a[k, q]);
            (v[k, p], v[k, q]) = (c * v[k, p] - back * v[k, q], s * v[k, p] + c * v[k, q]);
        }
        for (int k = 0; k < a.Rows; k++)
            (a[p, k], a[q, k]) = (c * a[p, k] - s * a[q, k], back * a[p, k] + c * a[q, k]);
        a[p, q] = a[q, p] = T.Zero;
    }
}
