using System.Numerics;
using Engine.Runtime;

namespace Engine.Ops.Gemm;

/// <summary>Where the elements of a packed right matrix lie, and how they get there. See <see cref="PackedMatrix{T}"/>.</summary>
internal static unsafe class PanelLayout
{
    /// <summary>Columns rounded up to whole vectors.</summary>
    public static long PaddedColumns<T>(long columns)
        where T : unmanaged, INumberBase<T>
    {
        var query = new WidthQuery<T>();
        GemmWidth.Invoke<T, WidthQuery<T>>(ref query);
        return (columns + query.Width - 1) / query.Width * query.Width;
    }

    /// <summary>Packs <paramref name="matrix"/>, <paramref name="rows"/> by <paramref name="columns"/>.</summary>
    public static void Pack<T>(MatrixView<T> matrix, long rows, long columns, T* packed, WorkerTeam? team)
        where T : unmanaged, INumberBase<T>
    {
        var body = new PackBody<T> { Matrix = matrix, Rows = rows, Columns = columns, Packed = packed };
        GemmWidth.Invoke<T, PackBody<T>>(ref body);
        long panels = (columns + body.PanelColumns - 1) / body.PanelColumns;
        if (team is null)
            body.Invoke(0, panels);
        else
            team.Run(panels, rows * body.PanelColumns / 4, ref body);
    }

    private struct WidthQuery<T> : IGemmAction<T>
        where T : unmanaged
    {
        public int Width;

        public void Invoke<W, V>()
            where W : struct, IGemmLanes<V, T>
            => Width = W.Width;
    }

    private struct PackBody<T> : IRangeBody, IGemmAction<T>
        where T : unmanaged, INumberBase<T>
    {
        public MatrixView<T> Matrix;
        public long Rows;
        public long Columns;
        public T* Packed;
        public int PanelColumns;
        private int _width;

        public void Invoke<W, V>()
            where W : struct, IGemmLanes<V, T>
        {
            PanelColumns = W.Width * W.TileVectors;
            _width = W.Width;
        }

        public void Invoke(long start, long end)
        {
            long padded = (Columns + _width - 1) / _width * _width;
            for (long panel = start; panel < end; panel++)
            {
                long column = panel * PanelColumns;
                int columns = (int)Math.Min(PanelColumns, Columns - column);
                int width = (columns + _width - 1) / _width * _width;
                for (long k = 0; k < Rows; k += PackedMatrix<T>.BlockDepth)
                {
                    long count = Math.Min(PackedMatrix<T>.BlockDepth, Rows - k);
                    T* destination = Packed + (k * padded) + (column * count);
                    // The columns of B are the rows of the panel.
                    PanelPacking.Pack(Matrix.Transposed, column, columns, k, count, destination, width);
                }
            }
        }
    }
}
