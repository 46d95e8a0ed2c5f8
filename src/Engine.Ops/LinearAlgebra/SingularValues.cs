using System.Numerics;

namespace Engine.Ops.LinearAlgebra;

/// <summary>A matrix as U·diag(s)·Vᴴ with descending singular values, by one-sided Jacobi rotations (Hestenes).</summary>
internal sealed class SingularValues<T>
    where T : unmanaged, INumberBase<T>
{
    private const int MaxSweeps = 60;

    internal SingularValues(Matrix<T> matrix, bool full = false)
    {
        if (matrix.Rows < matrix.Columns)
        {
            var adjoint = new SingularValues<T>(matrix.Adjoint(), full);
            (U, S, V) = (adjoint.V, adjoint.S, adjoint.U);
            return;
        }
        int n = matrix.Columns;
        // Rows of the adjoint are the columns, next to each other in memory.
        Matrix<T> columns = matrix.Adjoint(), v = Matrix<T>.Identity(n, n);
        bool finite = double.IsFinite(matrix.ColumnNorm());
        for (int sweep = 0; finite && sweep < MaxSweeps && Sweep(columns, v); sweep++)
        {
        }
        var lengths = new double[n];
        var order = new int[n];
        for (int j = 0; j < n; j++)
        {
            lengths[j] = finite ? Math.Sqrt(Dot(columns.Row(j), columns.Row(j), out _)) : double.NaN;
            order[j] = j;
        }
        Array.Sort(order, (a, b) => lengths[b].CompareTo(lengths[a]));
        S = new Matrix<T>(n, 1);
        V = new Matrix<T>(n, n);
        U = new Matrix<T>(matrix.Rows, full ? matrix.Rows : n);
        int rank = 0;
        for (int j = 0; j < n; j++)
        {
            double length = lengths[order[j]];
            S[j, 0] = Field<T>.Of(length);
            for (int i = 0; i < n; i++)
                V[i, j] = Field<T>.Conjugate(v[order[j], i]);
            if (length <= lengths[order[0]] * 1e-15)
                continue;
            rank++;
            for (int i = 0; i < matrix.Rows; i++)
                U[i, j] = Field<T>.Conjugate(columns[order[j], i]) / Field<T>.Of(length);
        }
        Complete(rank);
    }

    internal Matrix<T> U { get; }

    /// <summary>The singular values, as a column.</summary>
    internal Matrix<T> S { get; }

    internal Matrix<T> V { get; }

    /// <summary>Columns of U without a singular value: any that are orthogonal to the others.</summary>
    private void Complete(int rank)
    {
        if (rank == U.Columns)
            return;
        Matrix<T> q = new QrDecomposition<T>(U.FirstColumns(rank)).Q(U.Rows);
        for (int i = 0; i < U.Rows; i++)
        {
            for (int j = rank; j < U.Columns; j++)
                U[i, j] = q[i, j];
        }
    }

    private static bool Sweep(Matrix<T> columns, Matrix<T> v)
    {
        bool turned = false;
        for (int p = 0; p < columns.Rows; p++)
        {
            for (int q = p + 1; q < columns.Rows; q++)
            {
                double x = Dot(columns.Row(p), columns.Row(p), out _), y = Dot(columns.Row(q), columns.Row(q), out _);
                Dot(columns.Row(p), columns.Row(q), out T off);
                double size = Field<T>.Magnitude(off);
                if (size <= 1e-16 * Math.Sqrt(x) * Math.Sqrt(y) || size < 1e-300)
                    continue;
                turned = true;
                double theta = (y - x) / (2 * size);
                double t = 1 / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
                if (theta < 0)
                    t = -t;
                double c = 1 / Math.Sqrt(t * t + 1);
                T s = Field<T>.Of(t * c) * (off / Field<T>.Of(size));
                Rotate(columns, p, q, Field<T>.Of(c), s);
                Rotate(v, p, q, Field<T>.Of(c), s);
            }
        }
        return turned;
    }

    /// <summary>Rows p and q, which are conjugated columns, turned so that they become orthogonal.</summary>
    private static void Rotate(Matrix<T> rows, int p, int q, T c, T s)
    {
        Span<T> a = rows.Row(p), b = rows.Row(q);
        T back = Field<T>.Conjugate(s);
        for (int i = 0; i < a.Length; i++)
            (a[i], b[i]) = (c * a[i] - s * b[i], back * a[i] + c * b[i]);
    }

    /// <summary>a·bᴴ.</summary>
    private static double Dot(ReadOnlySpan<T> a, ReadOnlySpan<T> b, out T sum)
    {
        sum = T.Zero;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * Field<T>.Conjugate(b[i]);
        return Field<T>.Real(sum);
    }
}
