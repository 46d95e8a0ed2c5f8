namespace Engine.Tests.Tensors;

public class BufferPoolTests
{
    [Fact]
    public void ClassesAreTight()
    {
        for (var bytes = 0L; bytes < 100_000; bytes += 7)
            Check(bytes);
        for (var bytes = 1L; bytes < 1L << 60; bytes *= 2)
        {
            Check(bytes - 1);
            Check(bytes);
            Check(bytes + 1);
        }

        static void Check(long bytes)
        {
            var c = BufferPool.ClassOf(bytes);
            Assert.True(BufferPool.SizeOf(c) >= bytes, $"{bytes} in class {c}");
            // No more than a quarter is wasted, and the class below would not do.
            Assert.True(BufferPool.SizeOf(c) <= Math.Max(64, bytes + bytes / 4 + 1), $"{bytes} in class {c}");
            Assert.True(c == 0 || BufferPool.SizeOf(c - 1) < bytes);
            Assert.Equal(c, BufferPool.ClassOf(BufferPool.SizeOf(c)));
        }
    }

    [Fact]
    public void BuffersComeBack()
    {
        // A size of its own, so that tests beside this one do not take the buffer.
        const long Size = 3_333_333;
        var first = BufferPool.Shared.Rent(Size);
        Assert.True(first.Capacity >= Size);
        Assert.Equal(0, first.Address % 64);
        first.IsVariableStorage = true;
        first.Release();
        var second = BufferPool.Shared.Rent(Size);
        Assert.Same(first, second);
        Assert.False(second.IsVariableStorage);
        Assert.False(second.IsShared);
        var third = BufferPool.Shared.Rent(Size);
        Assert.NotSame(second, third);
        second.Release();
        third.Release();
    }

    [Fact]
    public void MoreThanTheMachineHasIsRefused()
    {
        Assert.Equal(StatusCode.ResourceExhausted, Assert.Throws<EngineException>(() => BufferPool.Shared.Rent(BufferPool.Shared.Limit + 1)).Code);
        Assert.Equal(StatusCode.ResourceExhausted, Assert.Throws<EngineException>(() => BufferPool.Shared.Rent(long.MaxValue)).Code);
    }

    [Fact]
    public void MemoryOfLostTensorsIsFreed()
    {
        const long Size = 64 << 20;
        for (var i = 0; i < 64; i++)
            Lose();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        // 4 GiB were asked for in all.
        Assert.True(BufferPool.Shared.LiveBytes < 2L << 30);

        static void Lose() => Tensor.Allocate(DType.UInt8, [Size]);
    }
}
