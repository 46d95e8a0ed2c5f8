using System.Runtime.CompilerServices;
using Engine.OpModel;

namespace Engine.Runtime;

/// <summary>
/// How a set of fetches is computed from a set of feeds: steps in order, slots for what flows between them. Immutable and shared by threads; each run takes a
/// frame (values, context, dead tensors for use again) and puts it back.
/// </summary>
internal sealed class Plan
{
    private readonly Stack<Frame> frames = new();
    private readonly ConditionalWeakTable<TensorCache, Frame> parts = [];
    private readonly DataflowGraph? dataflow;

    internal Plan(Step[] steps, StepGroup[] groups, int slotCount, int[] feedSlots, int[] fetchSlots, (int Slot, Tensor Value)[] constants, DataflowGraph? dataflow)
    {
        Steps = steps;
        Groups = groups;
        IsPure = dataflow is null && !Array.Exists(steps, s => s.HasEffects);
        SlotCount = slotCount;
        FeedSlots = feedSlots;
        FetchSlots = fetchSlots;
        Constants = constants;
        this.dataflow = dataflow;
        var constantSlots = constants.Select(c => c.Slot).ToHashSet();
        FetchMoves = [.. fetchSlots.Select((s, i) => !constantSlots.Contains(s) && Array.LastIndexOf(fetchSlots, s) == i)];
        UnreadFeeds = [.. feedSlots.Where(f => !fetchSlots.Contains(f) && !Array.Exists(steps, s => s.Inputs.Contains(f)))];
        Owned = [.. Enumerable.Range(0, slotCount).Where(s => !constantSlots.Contains(s))];
    }

    internal Step[] Steps { get; }

    /// <summary>Those of the steps that may run side by side, in order.</summary>
    internal StepGroup[] Groups { get; }

    internal int SlotCount { get; }

    internal int[] FeedSlots { get; }

    internal int[] FetchSlots { get; }

    internal (int Slot, Tensor Value)[] Constants { get; }

    /// <summary>For each fetch: whether it may take the tensor from its slot, rather than share it with a later fetch or the plan's constants.</summary>
    internal bool[] FetchMoves { get; }

    /// <summary>Slots of feeds that nothing reads.</summary>
    internal int[] UnreadFeeds { get; }

    /// <summary>Slots that belong to a run: all but the constants.</summary>
    internal int[] Owned { get; }

    /// <summary>Whether the steps run in order, groups that may run side by side aside.</summary>
    internal bool IsStraight => dataflow is null;

    /// <summary>Whether some kernel may wait.</summary>
    internal bool MayBlock => Array.Exists(Steps, s => s.Kernel is AsyncKernel);

    /// <summary>Whether running it does nothing but compute the fetches from the feeds.</summary>
    internal bool IsPure { get; }

    /// <summary>Runs the plan.</summary>
    /// <param name="run">The run it belongs to.</param>
    /// <param name="feeds">The fed tensors.</param>
    /// <param name="results">Takes the fetched tensors, the caller's to dispose.</param>
    /// <param name="keepsFeeds">Whether the fed tensors stay the caller's; else they are given away.</param>
    internal void Run(RunContext run, ReadOnlySpan<Tensor> feeds, Span<Tensor> results, bool keepsFeeds = false)
    {
        if (dataflow is not null)
        {
            if (keepsFeeds)
                feeds = ShareAll(feeds);
            DataflowExecutor.Run(this, dataflow, run, feeds, results);
            return;
        }
        var frame = Rent();
        try
        {
            Interpreter.Run(this, frame, run, feeds, results, keepsFeeds);
        }
        finally
        {
            Return(frame);
        }
    }

    /// <summary>Runs a straight plan whose feeds are given away, as a part of another run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="memory">The cache of the caller's run, when the part has it to itself meanwhile; else null.</param>
    /// <param name="feeds">The fed tensors.</param>
    /// <param name="places">Where results are to be: a step that allocates one of that shape computes it there, others are elsewhere. May be empty.</param>
    /// <param name="results">Takes the fetched tensors, the caller's to dispose.</param>
    internal void RunPart(RunContext run, TensorCache? memory, ReadOnlySpan<Tensor> feeds, ReadOnlySpan<Tensor> places, Span<Tensor> results)
    {
        var shares = memory is not null && memory != TensorCache.None;
        var frame = shares ? parts.GetValue(memory!, m => new Frame(this, m)) : Rent();
        try
        {
            if (places.Length > 0)
                frame.Context.SetPlaces(FetchSlots, places);
            Interpreter.Run(this, frame, run, feeds, results, keepsFeeds: false);
        }
        finally
        {
            frame.Context.ClearPlaces();
            if (!shares)
                Return(frame);
        }
    }

    /// <summary>Runs a plan that keeps its feeds, which stay the caller's, and reads its only result.</summary>
    internal T Evaluate<T>(RunContext run, ReadOnlySpan<Tensor> feeds, Func<Tensor, T> read)
    {
        if (dataflow is null)
        {
            var frame = Rent();
            try
            {
                return Interpreter.Evaluate(this, frame, run, feeds, read);
            }
            finally
            {
                Return(frame);
            }
        }
        var results = new Tensor[1];
        DataflowExecutor.Run(this, dataflow, run, ShareAll(feeds), results);
        using (results[0])
            return read(results[0]);
    }

    private static Tensor[] ShareAll(ReadOnlySpan<Tensor> feeds)
    {
        var shared = new Tensor[feeds.Length];
        for (var i = 0; i < shared.Length; i++)
            shared[i] = feeds[i].Share();
        return shared;
    }

    private Frame Rent()
    {
        lock (frames)
        {
            if (frames.TryPop(out var frame))
                return frame;
        }
        return new Frame(this);
    }

    private void Return(Frame frame)
    {
        frame.Cache.EndRun();
        lock (frames)
            frames.Push(frame);
    }

    /// <summary>The values of one run.</summary>
    internal sealed class Frame
    {
        internal Frame(Plan plan, TensorCache? cache = null)
        {
            Cache = cache ?? new TensorCache();
            Values = new Tensor?[plan.SlotCount];
            foreach (var (slot, value) in plan.Constants)
                Values[slot] = value;
            Context = new KernelContext(Values, Cache);
            var members = plan.Groups.Length == 0 ? 0 : plan.Groups.Max(g => g.Count);
            Members = members == 0 ? [] : [.. Enumerable.Range(0, members).Select(_ => new KernelContext(Values, Cache))];
            Failures = members == 0 ? [] : new Exception?[members];
        }

        internal Tensor?[] Values { get; }

        internal TensorCache Cache { get; }

        internal KernelContext Context { get; }

        /// <summary>The contexts of the steps of a group, while they run side by side.</summary>
        internal KernelContext[] Members { get; }

        /// <summary>What the steps of a group have thrown.</summary>
        internal Exception?[] Failures { get; }
    }
}
