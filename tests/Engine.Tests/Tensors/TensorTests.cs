using System.Numerics.Tensors;

namespace Engine.Tests.Tensors;

public class TensorTests
{
    [Fact]
    public void CopiesWhatItIsMadeFrom()
    {
        var values = new[] { 1f, 2, 3, 4 };
        using var t = Tensor.From<float>(values, [2, 2]);
        values[0] = 9;
        Assert.Equal([1f, 2, 3, 4], t.ToArray<float>());
        Assert.Equal(DType.Float32, t.Type);
        Assert.Equal("[2,2]", t.Shape.ToString());
        Assert.Equal(16, t.ByteLength);
    }

    [Fact]
    public void TypesWithTheSameStorage()
    {
        using var t = Tensor.From<byte>([1, 2], [2], DType.QUInt8);
        Assert.Equal(DType.QUInt8, t.Type);
        Assert.Equal(2, t.AsSpan<byte>()[1]);
        AssertInvalid(() => Tensor.From<byte>([1], [1], DType.Float32));
        AssertInvalid(() => Tensor.From<DateTime>(DateTime.UnixEpoch));
    }

    [Fact]
    public void OtherNumbersOfValuesAreRefused()
    {
        AssertInvalid(() => Tensor.From<int>([1, 2, 3], [2, 2]));
        AssertInvalid(() => Tensor.Wrap(new int[3], [2, 2]));
        AssertInvalid(() => Tensor.FromStrings(["a"], [2]));
    }

    [Fact]
    public void OtherStorageIsRefused()
    {
        using var t = Tensor.From<int>(1, 2);
        AssertInvalid(() => t.AsSpan<float>());
        AssertInvalid(() => t.AsSpan<byte>());
        AssertInvalid(() => t.ToStrings());
        AssertInvalid(() => t.Item<int>());
        using var strings = Tensor.FromStrings(["a"]);
        AssertInvalid(() => strings.Bytes());
    }

    [Fact]
    public void WrapsAnArrayWithoutACopy()
    {
        var array = new[] { 1, 2, 3 };
        using var t = Tensor.Wrap(array, [3, 1]);
        array[1] = 7;
        Assert.Equal(7, t.AsSpan<int>()[1]);
        t.AsSpan<int>()[2] = 8;
        Assert.Equal(8, array[2]);
    }

    [Fact]
    public void WrapsAPieceOfMemory()
    {
        var array = new byte[] { 0, 1, 2, 3 };
        using var t = Tensor.Wrap(array.AsMemory(1, 2), type: DType.QUInt8);
        Assert.Equal(DType.QUInt8, t.Type);
        Assert.Equal([1, 2], t.ToArray<byte>());
        using var empty = Tensor.Wrap(Array.Empty<float>());
        Assert.Empty(empty.ToArray<float>());
        // A wider type would reach beyond the memory.
        AssertInvalid(() => Tensor.Wrap(array.AsMemory(), type: DType.Int64));
    }

    [Fact]
    public unsafe void MapsForeignMemory()
    {
        var owner = new Owner();
        var bytes = stackalloc byte[9];
        new Span<byte>(bytes, 9).Fill(1);
        // One byte off: nothing may count on alignment.
        var t = Tensor.Map(DType.Int32, [2], (nint)(bytes + 1), 8, owner);
        Assert.Equal([0x01010101, 0x01010101], t.ToArray<int>());
        Assert.False(t.IsExclusive);
        var view = t.Rows(1, 1);
        t.Dispose();
        Assert.Equal(0, owner.Disposals);
        view.Dispose();
        Assert.Equal(1, owner.Disposals);
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => Tensor.Map(DType.Int32, [3], (nint)bytes, 8, null)).Code);
        AssertInvalid(() => Tensor.Map(DType.String, [0], 0, 0, null));
    }

    [Fact]
    public unsafe void MemoryThatIsNoFileStays()
    {
        nint bytes = Environment.SystemPageSize * 4;
        var memory = System.Runtime.InteropServices.NativeMemory.AlignedAlloc((nuint)bytes, (nuint)Environment.SystemPageSize);
        new Span<byte>(memory, (int)bytes).Fill(1);
        using (var t = Tensor.Map(DType.UInt8, [bytes], (nint)memory, bytes, null))
        {
            t.Unload();
            Assert.True(t.AsSpan<byte>().IndexOfAnyExcept((byte)1) < 0);
        }
        System.Runtime.InteropServices.NativeMemory.AlignedFree(memory);
    }

    [Fact]
    public void ZerosOfEveryKind()
    {
        Assert.Equal([0, 0], Tensor.Zeros(DType.Int32, [2]).ToArray<int>());
        Assert.Equal(["", ""], Tensor.Zeros(DType.String, [2]).ToStrings());
        Assert.Null(Tensor.Zeros(DType.Variant, [1]).ToArray<object>()[0]);
        Assert.Empty(Tensor.Zeros(DType.Float32, [3, 0]).ToArray<float>());
    }

    [Fact]
    public void NetArraysOfAnyRank()
    {
        using var t = Tensor.FromArray(new[, ,] { { { 1, 2 } }, { { 3, 4 } }, { { 5, 6 } } });
        Assert.Equal("[3,1,2]", t.Shape.ToString());
        Assert.Equal([1, 2, 3, 4, 5, 6], t.ToArray<int>());
        Assert.Equal(["a", "b"], Tensor.FromArray(new[,] { { "a" }, { "b" } }).ToStrings());
        Assert.Equal([true, false], Tensor.FromArray(new[] { true, false }).ToArray<bool>());
        Assert.Equal([7], Tensor.FromArray(new[] { new byte[] { 7 } }).ToArray<byte[]>()[0]);
        AssertInvalid(() => Tensor.FromArray(new[] { new[] { 1f } }));
        AssertInvalid(() => Tensor.FromArray(new[] { 'c' }));
    }

    [Fact]
    public void StringsAreBytes()
    {
        using var t = Tensor.From<byte[]>([0xFF, 0x00], []);
        Assert.Equal([0xFF, 0x00], t.ToArray<byte[]>()[0]);
        Assert.Equal("é", Tensor.Scalar("é").ToStrings()[0]);
        Assert.Equal(2, Tensor.Scalar("é").Item<byte[]>().Length);
        Assert.Equal(0, t.ByteLength);
    }

    [Fact]
    public void ReshapesShareMemory()
    {
        using var t = Tensor.From<int>(1, 2, 3, 4);
        using var m = t.Reshape([2, 2]);
        m.AsSpan<int>()[3] = 9;
        Assert.Equal(9, t.AsSpan<int>()[3]);
        AssertInvalid(() => t.Reshape([3]));
    }

    [Fact]
    public void RowsShareMemory()
    {
        using var t = Tensor.From<int>([1, 2, 3, 4, 5, 6], [3, 2]);
        using var rows = t.Rows(1, 2);
        Assert.Equal([3, 4, 5, 6], rows.ToArray<int>());
        using var row = rows.Rows(1, 1);
        Assert.Equal([5, 6], row.ToArray<int>());
        using var none = t.Rows(3, 0);
        Assert.Empty(none.ToArray<int>());
        using var strings = Tensor.FromStrings(["a", "b", "c"]);
        Assert.Equal(["b", "c"], strings.Rows(1, 2).ToStrings());
        AssertInvalid(() => t.Rows(2, 2));
        AssertInvalid(() => t.Rows(-1, 1));
        AssertInvalid(() => t.Rows(1, -1));
        AssertInvalid(() => t.Rows(long.MaxValue, long.MaxValue));
        AssertInvalid(() => Tensor.Scalar(1).Rows(0, 1));
    }

    [Fact]
    public void Reinterpretations()
    {
        using var t = Tensor.From<float>(1f, -0f);
        using var bits = t.Reinterpret(DType.Int32, [2]);
        Assert.Equal([0x3F800000, int.MinValue], bits.ToArray<int>());
        using var bytes = t.Reinterpret(DType.UInt8, [2, 4]);
        Assert.Equal(8, bytes.ToArray<byte>().Length);
        AssertInvalid(() => t.Reinterpret(DType.Int64, [2]));
        AssertInvalid(() => t.Reinterpret(DType.String, [2]));
        AssertInvalid(() => t.Reinterpret(DType.Invalid, [2]));
        using var strings = Tensor.FromStrings(["a", "b"]);
        Assert.Equal(["a", "b"], strings.Reinterpret(DType.String, [2]).ToStrings());
        AssertInvalid(() => strings.Reinterpret(DType.String, [100]));
        AssertInvalid(() => strings.Reinterpret(DType.Variant, [2]));
    }

    [Fact]
    public void AReinterpretationCannotOverflow()
    {
        using var empty = Tensor.Zeros(DType.UInt8, [0]);
        AssertInvalid(() => empty.Reinterpret(DType.Int64, [1L << 61]));
    }

    [Fact]
    public void TensorSpans()
    {
        using var t = Tensor.From<float>([1, 2, 3, 4, 5, 6], [2, 3]);
        var span = t.AsTensorSpan<float>();
        Assert.Equal([2, 3], span.Lengths.ToArray());
        Assert.Equal(6, span[1, 2]);
        span[0, 1] = 9;
        Assert.Equal(9, t.AsSpan<float>()[1]);
        Assert.Equal(27, System.Numerics.Tensors.Tensor.Sum<float>(t.AsTensorSpan<float>()) - 1);
        using var scalar = Tensor.Scalar(5.0);
        Assert.Equal(5.0, scalar.AsTensorSpan<double>()[0]);
        using var empty = Tensor.Zeros(DType.Float32, [2, 0]);
        Assert.True(empty.AsTensorSpan<float>().IsEmpty);
    }

    [Fact]
    public void ManyDimensions()
    {
        var dims = new long[254];
        Array.Fill(dims, 1);
        dims[100] = 3;
        using var t = Tensor.From<int>([1, 2, 3], new Shape(dims));
        Assert.Equal(254, t.Rank);
        Assert.Equal([1, 2, 3], t.ToArray<int>());
        Assert.StartsWith("int32[1,", t.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DType.Float32, 1L << 50)]
    [InlineData(DType.Float32, long.MaxValue)]
    [InlineData(DType.UInt8, long.MaxValue)]
    [InlineData(DType.Complex128, 1L << 60)]
    [InlineData(DType.String, 1L << 40)]
    [InlineData(DType.String, long.MaxValue)]
    [InlineData(DType.Resource, 1L << 40)]
    [InlineData(DType.Variant, 1L << 40)]
    public void AbsurdSizesAreRefused(DType type, long count)
    {
        var before = BufferPool.Shared.LiveBytes;
        var e = Assert.Throws<EngineException>(() => Tensor.Allocate(type, [count]));
        Assert.Equal(StatusCode.ResourceExhausted, e.Code);
        Assert.True(BufferPool.Shared.LiveBytes - before < 1L << 40);
    }

    [Fact]
    public void NoTensorHasNoType() => AssertInvalid(() => Tensor.Allocate(DType.Invalid, [1]));

    [Fact]
    public void DisposalCountsOnce()
    {
        var t = Tensor.From<int>(1, 2);
        var view = t.Share();
        Assert.True(t.Buffer.IsShared);
        t.Dispose();
        t.Dispose();
        Assert.False(view.Buffer.IsShared);
        Assert.Equal([1, 2], view.ToArray<int>());
        Assert.True(view.IsExclusive);
        view.Dispose();
    }

    [Fact]
    public void ClonesHaveMemoryOfTheirOwn()
    {
        using var t = Tensor.From<int>(1, 2);
        using var rows = t.Rows(1, 1);
        using var clone = rows.Clone();
        t.AsSpan<int>()[1] = 9;
        Assert.Equal([2], clone.ToArray<int>());
        using var strings = Tensor.FromStrings(["a", "b"]);
        Assert.Equal(["b"], strings.Rows(1, 1).Clone().ToStrings());
        AssertInvalid(() => t.CopyFrom(clone));
        AssertInvalid(() => t.CopyFrom(strings));
    }

    [Fact]
    public void ItemsOutliveTheTensor()
    {
        for (var i = 0; i < 200; i++)
        {
            Assert.Equal(100_000, Tensor.Zeros(DType.Int32, [100_000]).ToArray<int>().Length);
            if (i % 20 == 0)
                GC.Collect();
        }
    }

    private static void AssertInvalid(Action action) => Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(action).Code);

    private static void AssertInvalid<T>(Func<T> action) => AssertInvalid(() => { _ = action(); });

    private sealed class Owner : IDisposable
    {
        internal int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }
}
