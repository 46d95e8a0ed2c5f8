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
        if (team is null || body.Panels.Count == 0)
            body.Invoke(0, body.Panels.Count);
        else
            team.Run(body.Panels.Count, rows * columns / body.Panels.Count / 4, ref body);
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
        public PanelGrid Panels;
        private int _width;

        public void Invoke<W, V>()
            where W : struct, IGemmLanes<V, T>
        {
            Panels = new PanelGrid(Columns, W.Width, W.TileVectors);
            _width = W.Width;
        }

        public void Invoke(long start, long end)
        {
            long padded = (Columns + _width - 1) / _width * _width;
            for (long panel = start; panel < end; panel++)
            {
                long column = Panels.Start(panel);
                int columns = (int)(Panels.Start(panel + 1) - column);
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
