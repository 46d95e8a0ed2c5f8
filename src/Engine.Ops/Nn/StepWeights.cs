using System.Runtime.Intrinsics;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;

namespace Engine.Ops.Nn;

/// <summary>A matrix by which few rows are multiplied in every step of a loop: blocks of up to four vectors of columns, row by row, so that a block's sums stay in registers.</summary>
internal sealed unsafe class StepWeights
{
    private const int Most = 4;

    private readonly float[] memory;
    private readonly float* first;
    private readonly int width;
    private readonly long depth;
    private readonly long columns;

    /// <summary>Packs a matrix.</summary>
    internal StepWeights(MatrixView<float> matrix, long depth, long columns)
    {
        width = Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;
        (this.depth, this.columns) = (depth, columns);
        var whole = (columns + width - 1) / width * width;
        memory = GC.AllocateArray<float>(checked((int)(depth * whole) + 16), pinned: true);
        fixed (float* start = memory)
            first = (float*)(((nint)start + 63) & ~63);
        var target = first;
        for (var block = 0L; block < columns; block += Most * width)
        {
            var count = Math.Min(Most * width, whole - block);
            for (var k = 0L; k < depth; k++, target += count)
            {
                for (var i = 0L; i < Math.Min(count, columns - block); i++)
                    target[i] = *matrix.At(k, block + i);
            }
        }
    }

    /// <summary>Elements that a row of a product has: its columns, and some of no meaning up to a whole vector.</summary>
    internal static long RowLength(long columns) => (columns + 15) / 16 * 16;

    /// <summary>Multiplications of one row.</summary>
    internal long Products => depth * columns;

    /// <summary>y = x · matrix, added to what the sums begin with.</summary>
    /// <param name="rows">Rows of both.</param>
    /// <param name="x">The left matrix.</param>
    /// <param name="xRow">Distance of its rows.</param>
    /// <param name="y">The result.</param>
    /// <param name="yRow">Distance of its rows, at least <see cref="RowLength"/>.</param>
    /// <param name="start">What the sums begin with, as far apart as y's, or null.</param>
    internal void Multiply(nint rows, float* x, nint xRow, float* y, nint yRow, float* start)
    {
        if (Vector512.IsHardwareAccelerated)
            Multiply<Lanes512<float>, Vector512<float>>(rows, x, xRow, y, yRow, start);
        else if (Vector256.IsHardwareAccelerated)
            Multiply<Lanes256<float>, Vector256<float>>(rows, x, xRow, y, yRow, start);
        else if (Vector128.IsHardwareAccelerated)
            Multiply<Lanes128<float>, Vector128<float>>(rows, x, xRow, y, yRow, start);
        else
            Multiply<ScalarLanes<float>, float>(rows, x, xRow, y, yRow, start);
        GC.KeepAlive(memory);
    }

    private void Multiply<W, V>(nint rows, float* x, nint xRow, float* y, nint yRow, float* start)
        where W : struct, IFloatLanes<V, float>
    {
        var weights = first;
        var startRow = start is null ? 0 : yRow;
        var vectors = (nint)((columns + W.Count - 1) / W.Count);
        for (; vectors >= Most; vectors -= Most, y += Most * W.Count, weights += (nint)depth * Most * W.Count)
        {
            RecurrentProduct.Run<W, V, Constants.Four>(rows, (nint)depth, x, xRow, weights, y, yRow, start, startRow);
            start += start is null ? 0 : Most * W.Count;
        }
        if (vectors == 3)
            RecurrentProduct.Run<W, V, Constants.Three>(rows, (nint)depth, x, xRow, weights, y, yRow, start, startRow);
        else if (vectors == 2)
            RecurrentProduct.Run<W, V, Constants.Two>(rows, (nint)depth, x, xRow, weights, y, yRow, start, startRow);
        else if (vectors == 1)
            RecurrentProduct.Run<W, V, Constants.One>(rows, (nint)depth, x, xRow, weights, y, yRow, start, startRow);
    }
}
