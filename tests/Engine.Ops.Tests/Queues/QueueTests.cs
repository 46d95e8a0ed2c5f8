using Engine.Ops.Queues;

namespace Engine.Ops.Tests.Queues;

public class QueueTests
{
    [Fact]
    public async Task WaitsForRoomAndLetsTheNextGoOn()
    {
        using var queue = new FifoQueue(QueueHandles.Fifo, [DType.Int32], [], 2);
        var put = queue.EnqueueAsync([One(1), One(2), One(3)], default);
        Assert.False(put.IsCompleted);
        var three = await queue.DequeueAsync(3, allowFewer: false, default);
        await put;
        Assert.Equal([1, 2, 3], three.Select(t => t[0].Item<int>()));
    }

    [Fact]
    public async Task GivesBackWhatACancelledWaiterTook()
    {
        using var queue = new FifoQueue(QueueHandles.Fifo, [DType.Int32], [], 10);
        await queue.EnqueueAsync([One(1), One(2)], default);
        using var cancellation = new CancellationTokenSource();
        var take = queue.DequeueAsync(3, allowFewer: false, cancellation.Token);
        Assert.Equal(0, queue.Count);
        await cancellation.CancelAsync();
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<EngineException>(() => take)).Code);
        Assert.Equal(1, (await queue.DequeueAsync(1, allowFewer: false, default))[0][0].Item<int>());
        Assert.Equal(1, queue.Count);
    }

    [Fact]
    public async Task ClosingEndsTheWaiting()
    {
        using var queue = new FifoQueue(QueueHandles.Fifo, [DType.Int32], [], 10);
        await queue.EnqueueAsync([One(1)], default);
        var take = queue.DequeueAsync(2, allowFewer: false, default);
        await queue.CloseAsync(cancelPending: false, default);
        Assert.Equal(StatusCode.OutOfRange, (await Assert.ThrowsAsync<EngineException>(() => take)).Code);
        Assert.Single(await queue.DequeueAsync(2, allowFewer: true, default));
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<EngineException>(() => queue.CloseAsync(cancelPending: false, default))).Code);
    }

    private static Tensor[] One(int value) => [Tensor.Scalar(value)];
}
