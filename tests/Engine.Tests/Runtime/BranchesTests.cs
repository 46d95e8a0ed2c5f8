using System.Collections.Concurrent;
using System.Diagnostics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Tests.Runtime;

/// <summary>Steps that may run side by side: which they are, and that nobody sees whether they do.</summary>
public sealed class BranchesTests : IOpCatalog, IDisposable
{
    private readonly Graph graph;
    // Threads of its own, since all other tests use the team of the process; and equal steps stay two.
    private readonly SessionState session = new(new SessionOptions { Threads = Environment.ProcessorCount + 2, DisabledPasses = [PlanPasses.Merge] });
    private Action<KernelContext> work = _ => { };

    public BranchesTests() => graph = new Graph(new OpRegistry(this, TestOps.Catalog));

    public IReadOnlyList<string> Names => ["_Long", "_Short", "_Sum", "_Draw"];

    public OpImplementation? Find(string op) => op switch
    {
        // Both add 1, in place where they may.
        "_Long" => Make("_Long(x:float) -> (y:float) {}", Kernel.From(AddOne, isSequential: true)),
        "_Short" => Make("_Short(x:float) -> (y:float) {}", Kernel.From(AddOne)),
        "_Sum" => Make("_Sum(a:float; b:float) -> (y:float) {}", Kernel.From(context =>
        {
            var sum = context.Input(0).AsSpan<float>()[0] + context.Input(1).AsSpan<float>()[0];
            context.ForwardOrAllocate(0, 1, 0, Shape.Scalar).AsSpan<float>()[0] = sum;
        })),
        "_Draw" => Make("_Draw(x:float) -> (y:float) {} is_stateful", Kernel.From(AddOne)),
        _ => null,
    };

    public void Dispose() => session.Dispose();

    [Fact]
    public void LongStepsThatAreReadyTogetherAreAGroup()
    {
        var x = graph.Placeholder(DType.Float32);
        var first = Sum(Apply("_Long", x, "a"), Apply("_Long", Apply("_Short", x, "b0"), "b"));
        var second = Sum(Sum(Apply("_Long", first, "c"), Apply("_Short", first, "s")), Apply("_Long", first, "d"));
        var plan = Make(x, second);
        Assert.Equal(["b0", "a", "b", "sum1", "s", "c", "d", "sum2", "sum3"], plan.Steps.Select(s => s.Node.Name));
        Assert.Equal([(1, 3), (5, 7)], plan.Groups.Select(g => (g.First, g.End)));
    }

    [Fact]
    public void StepsThatNeedEachOtherAreNone()
    {
        var x = graph.Placeholder(DType.Float32);
        var chain = Apply("_Long", Apply("_Long", x, "a"), "b");
        Assert.Empty(Make(x, Sum(chain, Apply("_Short", x, "s"))).Groups);
    }

    [Fact]
    public void ThereIsNoneWithOneThreadOrWithoutThePass()
    {
        var x = graph.Placeholder(DType.Float32);
        var y = Sum(Apply("_Long", x, "a"), Apply("_Long", x, "b"));
        Assert.NotEmpty(Make(x, y).Groups);
        foreach (var options in (SessionOptions[])[new() { Threads = 1, DisabledPasses = [PlanPasses.Merge] }, new() { Threads = 3, DisabledPasses = [PlanPasses.Merge, PlanPasses.Branches] }])
        {
            using var other = new SessionState(options);
            Assert.Empty(Planner.Make(graph, other, [x], [y], []).Groups);
        }
    }

    [Fact]
    public void StepsWithEffectsKeepTheirOrder()
    {
        var x = graph.Placeholder(DType.Float32);
        var late = Apply("_Draw", Apply("_Long", x, "a"), "first");
        var early = Apply("_Draw", x, "second");
        var y = Sum(Sum(late, early), Apply("_Long", x, "b"));
        var plan = Make(x, y);
        Assert.Equal(["a", "b", "first", "second"], plan.Steps.Select(s => s.Node.Name).Where(n => !n.StartsWith("sum", StringComparison.Ordinal)));
        Assert.False(plan.IsPure);
    }

    [Fact]
    public void TheyRunSideBySideAndGiveTheSame()
    {
        var x = graph.Placeholder(DType.Float32);
        // All three read x; one reads what it alone reads.
        var y = Sum(Sum(Apply("_Long", x, "a"), Apply("_Long", x, "b")), Apply("_Long", Apply("_Short", x, "s"), "c"));
        var plan = Make(x, y);
        foreach (var beside in (bool[])[false, true])
        {
            Prefer(plan, beside);
            for (var i = 0; i < 20; i++)
                Assert.Equal((3 * i) + 4, Run(plan, i));
        }

        using var all = new Barrier(3);
        work = _ => Assert.True(all.SignalAndWait(TimeSpan.FromSeconds(30)));
        Prefer(plan, sideBySide: true);
        Assert.Equal(10f, Run(plan, 2));
    }

    [Fact]
    public void TheFirstStepThatFailsIsNamed()
    {
        var x = graph.Placeholder(DType.Float32);
        var y = Sum(Sum(Apply("_Long", x, "a"), Apply("_Long", x, "b")), Apply("_Long", x, "c"));
        var plan = Make(x, y);
        work = context =>
        {
            if (context.Node.Name != "a")
                throw EngineException.DataLoss($"{context.Node.Name} has failed.");
        };
        foreach (var beside in (bool[])[false, true])
        {
            Prefer(plan, beside);
            var error = Assert.Throws<EngineException>(() => Run(plan, 1));
            Assert.Contains("b has failed.", error.Message, StringComparison.Ordinal);
            Assert.Equal("b", error.NodeName);
        }
        work = _ => { };
        Assert.Equal(6f, Run(plan, 1));
    }

    [Fact]
    public void ManyRunsAtOnceGiveTheSame()
    {
        var x = graph.Placeholder(DType.Float32);
        var y = Sum(Apply("_Long", x, "a"), Apply("_Long", Apply("_Short", x, "s"), "b"));
        var plan = Make(x, Sum(Apply("_Long", y, "c"), Apply("_Long", y, "d")));
        Prefer(plan, sideBySide: true);
        Parallel.For(0, 4, t =>
        {
            for (var i = 0; i < 300; i++)
                Assert.Equal(2 * ((2 * (t + i)) + 4), Run(plan, t + i));
        });
    }

    [Fact]
    public void AWarmRunAllocatesNothing()
    {
        var x = graph.Placeholder(DType.Float32);
        var plan = Make(x, Sum(Apply("_Long", x, "a"), Apply("_Long", x, "b")));
        Prefer(plan, sideBySide: true);
        var run = new RunContext(session, default);
        Tensor[] feeds = [Tensor.Scalar(1f)], results = new Tensor[1];
        long[] allocated = [.. Enumerable.Range(0, 40).Select(_ =>
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            plan.Run(run, feeds, results, keepsFeeds: true);
            results[0].Dispose();
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        })];
        // Other tests allocate meanwhile, but not always.
        Assert.True(allocated.Min() <= 200, string.Join(' ', allocated));
    }

    [Fact]
    public void ARunEndsWhenItIsCancelled()
    {
        var x = graph.Placeholder(DType.Float32);
        var plan = Make(x, Sum(Apply("_Long", x, "a"), Apply("_Long", x, "b")));
        Prefer(plan, sideBySide: true);
        using var stop = new CancellationTokenSource(50);
        work = context =>
        {
            context.Cancellation.WaitHandle.WaitOne();
            context.Cancellation.ThrowIfCancellationRequested();
        };
        var error = Assert.Throws<EngineException>(() => Run(plan, 1, stop.Token));
        Assert.Equal(StatusCode.Cancelled, error.Code);
    }

    [Fact]
    public void StepsOfARunInsideOfPlanningMayPlan()
    {
        var x = graph.Placeholder(DType.Float32);
        var plan = Make(x, Sum(Apply("_Long", x, "a"), Apply("_Long", x, "b")));
        Prefer(plan, sideBySide: true);
        work = _ =>
        {
            Assert.True(session.Planning.TryEnter(TimeSpan.FromSeconds(30)));
            session.Planning.Exit();
        };
        lock (session.Planning)
            Assert.Equal(4f, Run(plan, 1));
    }

    [Fact]
    public void AnObserverHearsOfEachStep()
    {
        var x = graph.Placeholder(DType.Float32);
        var plan = Make(x, Sum(Apply("_Long", x, "a"), Apply("_Long", x, "b")));
        foreach (var beside in (bool[])[false, true])
        {
            Prefer(plan, beside);
            var observer = new Observer();
            plan.Run(new RunContext(session, default, observer), [Tensor.Scalar(1f)], new Tensor[1]);
            Assert.Equal(["a", "b", "sum1"], observer.Seen.Order());
        }
    }

    private static OpImplementation Make(string definition, Kernel kernel)
        => (TestOps.Make(definition[..definition.IndexOf('(', StringComparison.Ordinal)]) with { CreateKernel = _ => kernel }).WithDefinition(definition);

    /// <summary>Lets the groups of a plan find one way faster than the other.</summary>
    private static void Prefer(Plan plan, bool sideBySide)
    {
        foreach (var group in plan.Groups)
        {
            for (var i = 0; i < 10; i++)
            {
                group.Learn((SideBySide: sideBySide, IsTrial: false), Stopwatch.Frequency);
                group.Learn((SideBySide: !sideBySide, IsTrial: true), 2 * Stopwatch.Frequency);
            }
            Assert.Equal((sideBySide, false), group.Choose());
        }
    }

    private Plan Make(Value feed, Value fetch) => Planner.Make(graph, session, [feed], [fetch], []);

    private Value Apply(string op, Value x, string name) => graph.NewNode(op, name).Input(x).Build()[0];

    private Value Sum(Value a, Value b) => graph.NewNode("_Sum", $"sum{graph.Nodes.Count(n => n.Op == "_Sum") + 1}").Input(a).Input(b).Build()[0];

    private float Run(Plan plan, float x, CancellationToken cancellation = default)
    {
        var results = new Tensor[1];
        plan.Run(new RunContext(session, cancellation), [Tensor.Scalar(x)], results);
        using (results[0])
            return results[0].AsSpan<float>()[0];
    }

    private void AddOne(KernelContext context)
    {
        if (context.Node.Op == "_Long")
            work(context);
        var x = context.Input(0).AsSpan<float>()[0];
        context.ForwardOrAllocate(0, 0, Shape.Scalar).AsSpan<float>()[0] = x + 1;
    }

    private sealed class Observer : IStepObserver
    {
        internal ConcurrentQueue<string> Seen { get; } = new();

        public void Ran(Node node, long start, long end)
        {
            Assert.True(end >= start);
            Seen.Enqueue(node.Name);
        }
    }
}
