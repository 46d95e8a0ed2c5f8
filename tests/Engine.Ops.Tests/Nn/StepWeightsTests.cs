using Engine.Ops.Gemm;
using Engine.Ops.Nn;

namespace Engine.Ops.Tests.Nn;

public sealed unsafe class StepWeightsTests
{
    [Theory]
    [InlineData(1, 1, 1, false)]
    [InlineData(1, 7, 15, true)]
    [InlineData(3, 16, 64, false)]
    [InlineData(2, 5, 81, true)]
    [InlineData(9, 33, 130, true)]
    [InlineData(4, 64, 47, false)]
    public void Rows_are_multiplied_and_added_to_what_is_there(int rows, int depth, int columns, bool begins)
    {
        var random = new Random(rows + columns);
        var row = (int)StepWeights.RowLength(columns);
        // Rows of x are further apart than they are long.
        float[] x = Floats(random, rows * (depth + 2)), matrix = Floats(random, depth * columns), start = Floats(random, rows * row), y = new float[rows * row];
        fixed (float* a = x, b = matrix, from = start, c = y)
            new StepWeights(MatrixView<float>.Dense(b, depth, columns), depth, columns).Multiply(rows, a, depth + 2, c, row, begins ? from : null);
        for (var r = 0; r < rows; r++)
        {
            for (var i = 0; i < columns; i++)
            {
                var sum = begins ? (double)start[(r * row) + i] : 0;
                for (var k = 0; k < depth; k++)
                    sum += (double)x[(r * (depth + 2)) + k] * matrix[(k * columns) + i];
                Assert.Equal(sum, y[(r * row) + i], 1e-5);
            }
        }
    }

    private static float[] Floats(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
}
