using Engine.Runtime;

namespace Engine.Ops.Gemm;

/// <summary>C (+)= A B of 16-bit floats: widened to float32, summed there, rounded once.</summary>
internal static unsafe class NarrowProduct
{
    /// <summary>Computes the product; the parameters are those of <see cref="MatrixProduct"/>.</summary>
    public static void Multiply<T>(
        long rows, long columns, long depth, MatrixView<T> a, MatrixView<T> b, T* c, long cRow, bool accumulate, WorkerTeam? team)
        where T : unmanaged
    {
        if (rows <= 0 || columns <= 0)
            return;
        using var wideA = new Scratch<float>(rows * Math.Max(0, depth));
        using var wideB = new Scratch<float>(columns * Math.Max(0, depth));
        using var wideC = new Scratch<float>(rows * columns);
        MatrixView<float> x = Widen(a, rows, depth, wideA.Pointer);
        MatrixView<float> y = Widen(b, depth, columns, wideB.Pointer);
        for (long i = 0; i < rows && accumulate; i++)
            NarrowFloats.Widen(c + (i * cRow), wideC.Pointer + (i * columns), columns);
        MatrixProduct.Multiply(rows, columns, depth, x, y, wideC.Pointer, columns, accumulate, team);
        for (long i = 0; i < rows; i++)
            NarrowFloats.Narrow(wideC.Pointer + (i * columns), c + (i * cRow), columns);
    }

    /// <summary>A dense copy, in the order in which the matrix lies in memory.</summary>
    private static MatrixView<float> Widen<T>(MatrixView<T> matrix, long rows, long columns, float* destination)
        where T : unmanaged
    {
        if (matrix.RowStride == 1 && matrix.ColumnStride != 1)
            return Widen(matrix.Transposed, columns, rows, destination).Transposed;
        for (long i = 0; i < rows; i++)
        {
            if (matrix.ColumnStride == 1)
            {
                NarrowFloats.Widen(matrix.At(i, 0), destination + (i * columns), columns);
                continue;
            }

            for (long j = 0; j < columns; j++)
                NarrowFloats.Widen(matrix.At(i, j), destination + (i * columns) + j, 1);
        }

        return new MatrixView<float>(destination, columns, 1);
    }
}
