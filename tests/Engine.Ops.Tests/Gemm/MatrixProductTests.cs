using System.Numerics;
using Engine.Ops.Gemm;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Tests.Gemm;

public sealed unsafe class MatrixProductTests
{
    private static readonly int[] Sizes = [1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 33, 48, 49, 65, 97];

    [Fact]
    public void FloatProductsOfAllSizes() => AllSizes<float>(1e-5);

    [Fact]
    public void DoubleProductsOfAllSizes() => AllSizes<double>(1e-13);

    [Fact]
    public void IntegerProductsOfAllSizes() => AllSizes<int>(0);

    [Fact]
    public void LongProductsOfAllSizes() => AllSizes<long>(0);

    [Fact]
    public void HalfProductsOfAllSizes() => AllSizes<Half>(1e-3);

    [Fact]
    public void BFloat16ProductsOfAllSizes() => AllSizes<BFloat16>(8e-3);

    [Fact]
    public void ComplexProductsOfAllSizes() => AllSizes<Complex64>(1e-5);

    [Theory]
    [InlineData(300, 200, 700, false)]
    [InlineData(20, 500, 520, false)]
    [InlineData(257, 24, 300, true)]
    [InlineData(1, 3000, 1111, true)]
    [InlineData(3000, 1, 1111, true)]
    public void LargeProductsOnOneAndThreeThreadsAgreeBitForBit(int rows, int columns, int depth, bool accumulate)
    {
        using var team = new WorkerTeam(3);
        foreach (bool transposed in new[] { false, true })
        {
            float[] alone = Product<float>(rows, columns, depth, transposed, !transposed, accumulate, false, null, out float[] expected);
            float[] shared = Product<float>(rows, columns, depth, transposed, !transposed, accumulate, false, team, out _);
            Assert.Equal(alone, shared);
            AssertClose(expected, alone, depth, 1e-5);
            float[] packed = Product<float>(rows, columns, depth, transposed, !transposed, accumulate, true, team, out _);
            AssertClose(expected, packed, depth, 1e-5);
        }
    }

    [Fact]
    public void EmptyDepthGivesZerosOrKeepsTheSum()
    {
        float[] c = [1, 2, 3, 4];
        fixed (float* p = c)
        {
            MatrixProduct.Multiply(2, 2, 0, new MatrixView<float>(p, 0, 1), new MatrixView<float>(p, 2, 1), p, 2, true, null);
            Assert.Equal([1, 2, 3, 4], c);
            MatrixProduct.Multiply(2, 2, 0, new MatrixView<float>(p, 0, 1), new MatrixView<float>(p, 2, 1), p, 2, false, null);
            Assert.Equal([0, 0, 0, 0], c);
        }
    }

    [Fact]
    public void InfinityTimesPaddingIsNotSeen()
    {
        var a = new float[5];
        Array.Fill(a, float.PositiveInfinity);
        var b = new float[5 * 3];
        Array.Fill(b, 1f);
        var c = new float[3];
        fixed (float* x = a, y = b, z = c)
            MatrixProduct.Multiply(1, 3, 5, MatrixView<float>.Dense(x, 1, 5), MatrixView<float>.Dense(y, 5, 3), z, 3, false, null);
        Assert.All(c, value => Assert.Equal(float.PositiveInfinity, value));
    }

    [Fact]
    public void BatchesBroadcastByOffsets()
    {
        float[] a = [1, 2, 3, 4];
        float[] b = [10, 100];
        var c = new float[4];
        fixed (float* x = a, y = b, z = c)
        {
            var batch = new BatchProduct<float>(1, 1, 2, new(x, 2, 1), new(y, 1, 1), z);
            batch.Run([0, 2, 0, 2], [0, 0, 0, 0], null);
        }

        Assert.Equal([210, 430, 210, 430], c);
    }

    private static void AllSizes<T>(double tolerance)
        where T : unmanaged, INumberBase<T>
    {
        var random = new Random(7);
        for (int round = 0; round < 400; round++)
        {
            int rows = Sizes[random.Next(Sizes.Length)];
            int columns = Sizes[random.Next(Sizes.Length)];
            int depth = round % 10 == 0 ? 300 : Sizes[random.Next(Sizes.Length)];
            bool packed = round % 3 == 0 && (typeof(T) == typeof(float) || typeof(T) == typeof(double));
            T[] actual = Product<T>(
                rows, columns, depth, random.Next(2) == 0, random.Next(2) == 0, random.Next(2) == 0, packed, null, out T[] expected);
            AssertClose(expected, actual, depth, tolerance);
        }
    }

    private static T[] Product<T>(
        int rows, int columns, int depth, bool transposeA, bool transposeB, bool accumulate, bool packed, WorkerTeam? team, out T[] expected)
        where T : unmanaged, INumberBase<T>
    {
        var random = new Random(rows + columns + depth);
        T[] a = Numbers<T>(random, rows * depth);
        T[] b = Numbers<T>(random, depth * columns);
        T[] c = Numbers<T>(random, rows * columns);
        expected = new T[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                Complex sum = accumulate ? Wide(c[(i * columns) + j]) : 0;
                for (int k = 0; k < depth; k++)
                    sum += Wide(a[transposeA ? (k * rows) + i : (i * depth) + k]) * Wide(b[transposeB ? (j * depth) + k : (k * columns) + j]);
                expected[(i * columns) + j] = typeof(T) == typeof(Complex64)
                    ? (T)(object)new Complex64((float)sum.Real, (float)sum.Imaginary)
                    : T.CreateTruncating(sum.Real);
            }
        }

        fixed (T* x = a, y = b, z = c)
        {
            MatrixView<T> left = MatrixView<T>.Dense(x, rows, depth, transposeA);
            MatrixView<T> right = MatrixView<T>.Dense(y, depth, columns, transposeB);
            if (packed)
                MatrixProduct.Multiply(rows, left, new PackedMatrix<T>(right, depth, columns, team), z, columns, accumulate, team);
            else
                BatchProduct<T>.Multiply(rows, columns, depth, left, right, z, columns, accumulate, team);
        }

        return c;
    }

    private static Complex Wide<T>(T value)
        where T : INumberBase<T>
        => value is Complex64 complex ? new Complex(complex.Real, complex.Imaginary) : double.CreateTruncating(value);

    private static T[] Numbers<T>(Random random, int count)
        where T : INumberBase<T>
    {
        var numbers = new T[count];
        for (int i = 0; i < count; i++)
        {
            if (typeof(T) == typeof(Complex64))
                numbers[i] = (T)(object)new Complex64(random.NextSingle(), random.NextSingle() - 0.5f);
            else
                numbers[i] = typeof(T) == typeof(int) || typeof(T) == typeof(long)
                    ? T.CreateTruncating(random.Next(-100, 100))
                    : T.CreateTruncating(random.NextSingle() - 0.5f);
        }

        return numbers;
    }

    private static void AssertClose<T>(T[] expected, T[] actual, int depth, double tolerance)
        where T : INumberBase<T>
    {
        double scale = tolerance * Math.Sqrt(depth + 1);
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Complex.Abs(Wide(expected[i]) - Wide(actual[i]));
            if (!(difference <= scale))
                Assert.Fail($"element {i} of {expected.Length}, depth {depth}: {actual[i]}, not {expected[i]}");
        }
    }
}
