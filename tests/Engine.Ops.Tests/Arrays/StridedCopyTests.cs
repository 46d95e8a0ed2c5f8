using Engine.Ops.Arrays;
using Engine.Runtime;
using Xunit;

namespace Engine.Ops.Tests.Arrays;

/// <summary>Strided copies of sizes at which runs are split over threads, matrices are cut into bands and tiles, and words are joined.</summary>
public class StridedCopyTests
{
    private static readonly WorkerTeam Team = new(2);

    public static TheoryData<DType> Types => [DType.UInt8, DType.Int16, DType.Float32, DType.Float64, DType.Complex128, DType.String];

    [Theory, MemberData(nameof(Types))]
    public void PermutesLikeIndexing(DType type)
    {
        var random = new Random(5);
        for (var round = 0; round < 120; round++)
        {
            var rank = random.Next(1, 6);
            var dims = new long[rank];
            for (var d = 0; d < rank; d++)
                dims[d] = random.Next(5) == 0 ? 1 : random.Next(1, rank < 3 ? 150 : rank == 3 ? 40 : 9);
            var order = Enumerable.Range(0, rank).ToArray();
            random.Shuffle(order);
            Check(type, new Shape(dims), order, d => random.Next(4) == 0);
        }
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 4096)]
    [InlineData(1_000_003)]
    public void CopiesLongRuns(int count)
    {
        using var source = Tensor.Allocate(DType.Int32, Shape.Vector(count));
        for (var i = 0; i < count; i++)
            source.AsSpan<int>()[i] = i * 7;
        using var result = Tensor.Zeros(DType.Int32, Shape.Vector(count + 2));
        StridedCopy.Run(Team, [count], source, 0, [1], result, 1, [1]);
        Assert.Equal(0, result.AsSpan<int>()[0]);
        Assert.Equal(0, result.AsSpan<int>()[^1]);
        Assert.True(source.AsSpan<int>().SequenceEqual(result.AsSpan<int>()[1..^1]));
    }

    [Fact]
    public void RepeatsWhatHasNoStride()
    {
        using var source = Tensor.From<float>(3, 4);
        using var result = Tensor.Zeros(DType.Float32, new Shape(300, 2, 500));
        StridedCopy.Run(Team, [300, 2, 500], source, 0, [0, 1, 0], result, 0, [1000, 500, 1]);
        for (var i = 0; i < result.Count; i++)
            Assert.Equal(i / 500 % 2 == 0 ? 3 : 4, result.AsSpan<float>()[i]);
    }

    // Permuted, some dimensions backwards; every element carries its own index.
    private static void Check(DType type, Shape shape, int[] order, Func<int, bool> isBackwards)
    {
        using var source = Numbered(type, shape);
        var strides = shape.Strides();
        var from = new long[shape.Rank];
        var dims = new long[shape.Rank];
        var start = 0L;
        for (var i = 0; i < from.Length; i++)
        {
            dims[i] = shape[order[i]];
            from[i] = strides[order[i]];
            if (!isBackwards(i))
                continue;
            start += (dims[i] - 1) * from[i];
            from[i] = -from[i];
        }
        using var result = Tensor.Zeros(type, new Shape(dims));
        StridedCopy.Run(Team, dims, source, start, from, result, 0, result.Shape.Strides());
        for (var n = 0; n < result.Count; n++)
        {
            var at = start;
            var rest = (long)n;
            for (var d = dims.Length - 1; d >= 0; d--)
            {
                (rest, var k) = Math.DivRem(rest, dims[d]);
                at += k * from[d];
            }
            Assert.True(AreEqual(source, (int)at, result, n), $"{type} {shape} in order {string.Join(',', order)}: element {n}");
        }
    }

    private static Tensor Numbered(DType type, Shape shape)
    {
        var tensor = Tensor.Allocate(type, shape);
        if (type == DType.String)
        {
            for (var i = 0; i < tensor.Count; i++)
                tensor.AsSpan<byte[]>()[i] = BitConverter.GetBytes(i);
            return tensor;
        }
        var bytes = tensor.Bytes();
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(i * 31 + i / 251);
        return tensor;
    }

    private static bool AreEqual(Tensor x, int i, Tensor y, int j)
    {
        if (x.Type == DType.String)
            return ReferenceEquals(x.AsSpan<byte[]>()[i], y.AsSpan<byte[]>()[j]);
        var size = x.Type.Size();
        return x.Bytes().Slice(i * size, size).SequenceEqual(y.Bytes().Slice(j * size, size));
    }
}
