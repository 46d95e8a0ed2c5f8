using Engine.Runtime;

namespace Engine.Tests.Runtime;

public sealed class WorkerTeamTests
{
    [Theory]
    [InlineData(1, 1000)]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 1000)]
    [InlineData(8, 100_003)]
    public void EveryItemIsDoneOnce(int threads, int count)
    {
        using var team = new WorkerTeam(threads);
        for (int round = 0; round < 50; round++)
        {
            var body = new CountItems(new int[count]);
            team.Run(count, 100_000, ref body);
            Assert.All(body.Hits, hits => Assert.Equal(1, hits));
        }
    }

    [Fact]
    public void LoopsAfterThreadsParkedAreDone()
    {
        using var team = new WorkerTeam(3);
        for (int round = 0; round < 20; round++)
        {
            Thread.Sleep(3);
            var body = new CountItems(new int[1000]);
            team.Run(1000, 100_000, ref body);
            Assert.All(body.Hits, hits => Assert.Equal(1, hits));
        }
    }

    [Fact]
    public void SmallLoopsRunOnTheCallerWithoutAllocation()
    {
        using var team = new WorkerTeam(4);
        var body = new SameThread(Environment.CurrentManagedThreadId);
        team.Run(100, 10, ref body);
        long before = GC.GetAllocatedBytesForCurrentThread();
        team.Run(100, 10, ref body);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(2, body.Calls);
    }

    [Fact]
    public void LargeLoopsDoNotAllocate()
    {
        using var team = new WorkerTeam(2);
        var body = new CountItems(new int[10_000]);
        team.Run(10_000, 1000, ref body);
        long before = GC.GetAllocatedBytesForCurrentThread();
        team.Run(10_000, 1000, ref body);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void ExceptionsReachTheCallerAndTheTeamGoesOn()
    {
        using var team = new WorkerTeam(4);
        for (int round = 0; round < 20; round++)
        {
            var bad = new Throwing();
            var thrown = Assert.Throws<InvalidOperationException>(() => team.Run(1000, 100_000, ref bad));
            Assert.Equal("item 500", thrown.Message);
            var good = new CountItems(new int[1000]);
            team.Run(1000, 100_000, ref good);
            Assert.All(good.Hits, hits => Assert.Equal(1, hits));
        }
    }

    [Fact]
    public void ThreadsStayOnTheirProcessors()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
        {
            Assert.Equal(StatusCode.Unimplemented, Assert.Throws<EngineException>(() => new WorkerTeam(2, 0)).Code);
            return;
        }

        // The processor that this thread is on is one that the process may use.
        int processor = Thread.GetCurrentProcessorId();
        using var team = new WorkerTeam(3, processor);
        int caller = Environment.CurrentManagedThreadId;
        var seen = new System.Collections.Concurrent.ConcurrentBag<int>();
        for (int round = 0; round < 100 && seen.Count < 20; round++)
        {
            var body = new SeenProcessors(caller, seen);
            team.Run(64, 100_000, ref body);
        }

        Assert.All(seen, p => Assert.Equal(processor, p));
    }

    [Fact]
    public void ThereIsNoProcessorBelowZero()
        => Assert.Equal(
            OperatingSystem.IsLinux() || OperatingSystem.IsWindows() ? StatusCode.InvalidArgument : StatusCode.Unimplemented,
            Assert.Throws<EngineException>(() => new WorkerTeam(2, -1)).Code);

    [Fact]
    public void NestedLoopsRunInline()
    {
        using var team = new WorkerTeam(3);
        var body = new Nested(team, new int[100]);
        team.Run(100, 1_000_000, ref body);
        Assert.All(body.Hits, hits => Assert.Equal(10, hits));
    }

    [Fact]
    public void SeveralCallersShareOneTeam()
    {
        using var team = new WorkerTeam(3);
        Parallel.For(0, 8, _ =>
        {
            for (int round = 0; round < 200; round++)
            {
                var body = new CountItems(new int[64]);
                team.Run(64, 10_000, ref body);
                Assert.All(body.Hits, hits => Assert.Equal(1, hits));
            }
        });
    }

    [Fact]
    public void DisposedTeamsRunLoopsOnTheCaller()
    {
        var team = new WorkerTeam(3);
        team.Dispose();
        team.Dispose();
        var body = new SameThread(Environment.CurrentManagedThreadId);
        team.Run(1000, 1_000_000, ref body);
        Assert.Equal(1, body.Calls);
    }

    [Fact]
    public void TeamsNeedAThread() => Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(0));

    private readonly struct CountItems(int[] hits) : IRangeBody
    {
        public int[] Hits => hits;

        public void Invoke(long start, long end)
        {
            for (long i = start; i < end; i++)
                Interlocked.Increment(ref hits[i]);
        }
    }

    private struct SameThread(int thread) : IRangeBody
    {
        public int Calls;

        public void Invoke(long start, long end)
        {
            Calls += Environment.CurrentManagedThreadId == thread ? 1 : 1000;
        }
    }

    private readonly struct Throwing : IRangeBody
    {
        public void Invoke(long start, long end)
        {
            if (start <= 500 && end > 500)
                throw new InvalidOperationException("item 500");
        }
    }

    private readonly struct Nested(WorkerTeam team, int[] hits) : IRangeBody
    {
        public int[] Hits => hits;

        public void Invoke(long start, long end)
        {
            for (long i = start; i < end; i++)
            {
                var inner = new Repeat(hits, i);
                team.Run(10, 1_000_000, ref inner);
            }
        }
    }

    private readonly struct Repeat(int[] hits, long item) : IRangeBody
    {
        public void Invoke(long start, long end) => Interlocked.Add(ref hits[item], (int)(end - start));
    }

    private readonly struct SeenProcessors(int caller, System.Collections.Concurrent.ConcurrentBag<int> seen) : IRangeBody
    {
        public void Invoke(long start, long end)
        {
            Thread.SpinWait(2000);
            if (Environment.CurrentManagedThreadId != caller)
                seen.Add(Thread.GetCurrentProcessorId());
        }
    }
}
