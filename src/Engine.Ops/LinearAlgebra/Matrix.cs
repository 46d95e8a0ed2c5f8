using System.Numerics;

namespace Engine.Ops.LinearAlgebra;

/// <summary>A dense row-major matrix of double or Complex: what decompositions work on.</summary>
internal sealed class Matrix<T>(int rows, int columns)
    where T : unmanaged, INumberBase<T>
{
    internal int Rows => rows;

    internal int Columns => columns;

    internal T[] Items { get; } = new T[checked((long)rows * columns)];

    internal ref T this[int row, int column] => ref Items[row * columns + column];

    internal static Matrix<T> Identity(int rows, int columns)
    {
        var m = new Matrix<T>(rows, columns);
        for (int i = 0; i < Math.Min(rows, columns); i++)
            m[i, i] = T.One;
        return m;
    }

    internal Span<T> Row(int row) => Items.AsSpan(row * columns, columns);

    internal Matrix<T> Clone()
    {
        var m = new Matrix<T>(rows, columns);
        Items.CopyTo(m.Items, 0);
        return m;
    }

    /// <summary>The conjugate transpose.</summary>
    internal Matrix<T> Adjoint()
    {
        var m = new Matrix<T>(columns, rows);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                m[j, i] = Field<T>.Conjugate(this[i, j]);
        }
        return m;
    }

    /// <summary>Adds a multiple of another matrix of the same size.</summary>
    internal Matrix<T> Plus(T factor, Matrix<T> other)
    {
        var m = Clone();
        for (int i = 0; i < m.Items.Length; i++)
            m.Items[i] += factor * other.Items[i];
        return m;
    }

    internal Matrix<T> Scale(T factor)
    {
        var m = Clone();
        foreach (ref T item in m.Items.AsSpan())
            item *= factor;
        return m;
    }

    /// <summary>The first columns.</summary>
    internal Matrix<T> FirstColumns(int count)
    {
        var m = new Matrix<T>(rows, count);
        for (int i = 0; i < rows; i++)
            Row(i)[..count].CopyTo(m.Row(i));
        return m;
    }

    /// <summary>The largest sum of magnitudes in a column.</summary>
    internal double ColumnNorm()
    {
        double max = 0;
        for (int j = 0; j < columns; j++)
        {
            double sum = 0;
            for (int i = 0; i < rows; i++)
                sum += Field<T>.Magnitude(this[i, j]);
            max = double.IsNaN(sum) ? sum : Math.Max(max, sum);
        }
        return max;
    }

    public static Matrix<T> operator *(Matrix<T> a, Matrix<T> b)
    {
        var product = new Matrix<T>(a.Rows, b.Columns);
        for (int i = 0; i < a.Rows; i++)
        {
            Span<T> row = product.Row(i);
            for (int k = 0; k < a.Columns; k++)
            {
                T factor = a[i, k];
                ReadOnlySpan<T> other = b.Row(k);
                for (int j = 0; j < row.Length; j++)
                    row[j] += factor * other[j];
            }
        }
        return product;
    }
}
