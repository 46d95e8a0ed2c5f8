using System.Numerics;

namespace Engine.Ops.Fourier;

/// <summary>The tables that a kernel used last, one for each dimension. Threads that meet may make one twice.</summary>
internal sealed class FourierTables<T>(int dimensions) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ColumnTransform<T>?[] _columns = new ColumnTransform<T>?[dimensions];
    private RowTransform<T>? _rows;

    /// <summary>For the last dimension.</summary>
    internal RowTransform<T> Rows(RowForm form, long length)
    {
        RowTransform<T>? rows = Volatile.Read(ref _rows);
        if (rows is null || rows.Length != length || rows.Form != form)
            Volatile.Write(ref _rows, rows = new RowTransform<T>(form, FourierKernel.CheckLength(length)));
        return rows;
    }

    /// <summary>For another one, counted from the first that is transformed.</summary>
    internal ColumnTransform<T> Columns(int dimension, long length, bool inverse)
    {
        ColumnTransform<T>? columns = Volatile.Read(ref _columns[dimension]);
        if (columns is null || columns.Length != length || columns.IsInverse != inverse)
            Volatile.Write(ref _columns[dimension], columns = new ColumnTransform<T>(FourierKernel.CheckLength(length), inverse));
        return columns;
    }
}
