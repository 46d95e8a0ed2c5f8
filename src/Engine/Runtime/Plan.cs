using Engine.OpModel;

namespace Engine.Runtime;

/// <summary>
/// How a set of fetches is computed from a set of feeds: steps in order, slots for what flows between them. Immutable and shared by threads; each run takes a
/// frame (values, context, dead tensors for use again) and puts it back.
/// </summary>
internal sealed class Plan
{
    private readonly Stack<Frame> frames = new();
    private readonly DataflowGraph? dataflow;

    internal Plan(Step[] steps, int slotCount, int[] feedSlots, int[] fetchSlots, (int Slot, Tensor Value)[] constants, DataflowGraph? dataflow)
    {
        Steps = steps;
        SlotCount = slotCount;
        FeedSlots = feedSlots;
        FetchSlots = fetchSlots;
        Constants = constants;
        this.dataflow = dataflow;
    }

    internal Step[] Steps { get; }

    internal int SlotCount { get; }

    internal int[] FeedSlots { get; }

    internal int[] FetchSlots { get; }

    internal (int Slot, Tensor Value)[] Constants { get; }

    /// <summary>Whether some kernel may wait.</summary>
    internal bool MayBlock => Array.Exists(Steps, s => s.Kernel is AsyncKernel);

    /// <summary>Runs the plan.</summary>
    /// <param name="run">The run it belongs to.</param>
    /// <param name="feeds">The fed tensors, given away.</param>
    /// <param name="results">Takes the fetched tensors, the caller's to dispose.</param>
    internal void Run(RunContext run, ReadOnlySpan<Tensor> feeds, Span<Tensor> results)
    {
        if (dataflow is not null)
        {
            DataflowExecutor.Run(this, dataflow, run, feeds, results);
            return;
        }
        var frame = Rent();
        try
        {
            Interpreter.Run(this, frame, run, feeds, results);
        }
        finally
        {
            Return(frame);
        }
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
        lock (frames)
            frames.Push(frame);
    }

    /// <summary>The values of one run.</summary>
    internal sealed class Frame
    {
        internal Frame(Plan plan)
        {
            Values = new Tensor?[plan.SlotCount];
            foreach (var (slot, value) in plan.Constants)
                Values[slot] = value;
            Context = new KernelContext(Values, Cache);
        }

        internal Tensor?[] Values { get; }

        internal TensorCache Cache { get; } = new();

        internal KernelContext Context { get; }
    }
}
