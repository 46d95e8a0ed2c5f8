using Engine.Runtime;

namespace Engine.Tests.Runtime;

public class TensorCacheTests
{
    [Fact]
    public void TheLastDeadTensorServesFirst()
    {
        var cache = new TensorCache();
        var (a, b) = (cache.Rent(DType.Float32, [100]), cache.Rent(DType.Float32, [100]));
        cache.Return(a);
        cache.Return(b);
        var c = cache.Rent(DType.Int32, [10, 10]);
        Assert.Same(b, c);
        Assert.Equal((DType.Int32, "[10,10]"), (c.Type, c.Shape.ToString()));
        Assert.Same(a, cache.Rent(DType.UInt8, [399]));
        Assert.NotSame(a, cache.Rent(DType.Float32, [100]));
        cache.Clear();
    }

    [Fact]
    public void WhatOthersUseIsNotTaken()
    {
        var cache = new TensorCache();
        var t = cache.Rent(DType.Float32, [50]);
        var view = t.Share();
        cache.Return(t);
        Assert.NotSame(t, cache.Rent(DType.Float32, [50]));
        view.Dispose();
        cache.Clear();
    }

    [Fact]
    public void OtherMemoryThanItsOwnIsLetGo()
    {
        var cache = new TensorCache();
        var array = new float[16];
        cache.Return(Tensor.Wrap(array));
        cache.Return(Tensor.FromStrings(["a"]));
        Assert.NotEqual(0, (long)cache.Rent(DType.Float32, [16]).Buffer.Address);
        Assert.Equal([""], cache.Rent(DType.String, [1]).ToStrings());
    }

    [Fact]
    public void MemoryOfLargerRunsGoesBack()
    {
        var cache = new TensorCache();
        cache.Return(cache.Rent(DType.Float32, [4 << 20]));
        var small = cache.Rent(DType.Float32, [100]);
        cache.Return(small);
        cache.EndRun();
        Assert.Same(small, cache.Rent(DType.Float32, [100]));
        cache.Return(small);

        cache.EndRun();
        Assert.NotSame(small, cache.Rent(DType.Float32, [100]));
    }
}
