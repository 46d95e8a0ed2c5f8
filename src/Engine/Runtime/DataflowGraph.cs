using Engine.Graphs;

namespace Engine.Runtime;

/// <summary>What the dataflow executor knows of a plan before it runs: who consumes what, which frame of which loop each step is in.</summary>
internal sealed class DataflowGraph
{
    private DataflowGraph(StepInfo[] steps, LoopFrame root)
    {
        Steps = steps;
        Root = root;
    }

    internal StepInfo[] Steps { get; }

    internal LoopFrame Root { get; }

    internal enum StepKind
    {
        Plain,
        Merge,
        Enter,
        Exit,
        NextIteration,
        ControlTrigger,
    }

    /// <exception cref="EngineException">INVALID_ARGUMENT when frames do not nest.</exception>
    internal static DataflowGraph Make(List<Step> steps, List<PlanNode> nodes, int slotCount, int[] fetchSlots)
    {
        var infos = new StepInfo[steps.Count];
        var byNode = new Dictionary<PlanNode, int>();
        var producer = new int[slotCount];
        Array.Fill(producer, -1);
        for (var i = 0; i < infos.Length; i++)
        {
            infos[i] = new StepInfo(steps[i], i, Kind(steps[i].Node.Op));
            byNode[nodes[i]] = i;
            foreach (var s in steps[i].Outputs)
                producer[s] = i;
        }
        for (var i = 0; i < infos.Length; i++)
        {
            var info = infos[i];
            for (var k = 0; k < info.Step.Inputs.Length; k++)
            {
                var slot = info.Step.Inputs[k];
                if (producer[slot] < 0)
                {
                    info.HasKnownInput = true;
                    continue;
                }
                var source = infos[producer[slot]];
                source.DataUsers.Add((Array.IndexOf(source.Step.Outputs, slot), i, k));
                info.DataEdges++;
            }
            foreach (var control in nodes[i].Controls)
            {
                if (!byNode.TryGetValue(control, out var c))
                    continue;
                infos[c].ControlUsers.Add(i);
                info.ControlEdges++;
            }
        }
        for (var f = 0; f < fetchSlots.Length; f++)
        {
            if (producer[fetchSlots[f]] is var p and >= 0)
                infos[p].Fetches.Add((Array.IndexOf(infos[p].Step.Outputs, fetchSlots[f]), f));
        }
        var root = new LoopFrame("", null);
        AssignFrames(infos, root);
        return new(infos, root);
    }

    private static StepKind Kind(string op) => ControlFlow.IsMerge(op) ? StepKind.Merge
        : ControlFlow.IsEnter(op) ? StepKind.Enter
        : ControlFlow.IsExit(op) ? StepKind.Exit
        : ControlFlow.IsNextIteration(op) ? StepKind.NextIteration
        : op == "ControlTrigger" ? StepKind.ControlTrigger
        : StepKind.Plain;

    private static void AssignFrames(StepInfo[] infos, LoopFrame root)
    {
        var inner = new Dictionary<(LoopFrame, string), LoopFrame>();
        var pending = new Queue<StepInfo>();
        foreach (var info in infos)
        {
            if (info.DataEdges + info.ControlEdges == 0)
            {
                info.Frame = root;
                pending.Enqueue(info);
            }
        }
        while (pending.TryDequeue(out var info))
        {
            var frame = OutputFrame(info, inner);
            foreach (var (_, user, _) in info.DataUsers)
                Visit(user);
            foreach (var user in info.ControlUsers)
                Visit(user);

            void Visit(int user)
            {
                var target = infos[user];
                if (target.Frame is null)
                {
                    target.Frame = frame;
                    pending.Enqueue(target);
                }
                else if (target.Frame != frame)
                {
                    throw EngineException.InvalidArgument($"{target.Step.Node.Name} has inputs from different frames: '{target.Frame.Name}' and '{frame.Name}'.").At(target.Step.Node.Name, target.Step.Node.Op);
                }
            }
        }
        foreach (var info in infos)
        {
            info.Frame ??= root;
            info.Local = info.Frame.StepCount++;
            info.InputOffset = info.Frame.InputCount;
            info.Frame.InputCount += info.Step.Inputs.Length;
            info.Frame.Steps.Add(info);
        }
    }

    private static LoopFrame OutputFrame(StepInfo info, Dictionary<(LoopFrame, string), LoopFrame> inner)
    {
        var node = info.Step.Node;
        if (info.Kind == StepKind.Enter)
        {
            var key = (info.Frame!, node.Attr("frame_name").AsString());
            if (!inner.TryGetValue(key, out var frame))
                inner[key] = frame = new LoopFrame(key.Item2, info.Frame);
            frame.Enters++;
            frame.ParallelIterations = (int)Math.Clamp(node.Attr("parallel_iterations").AsInt(), 1, 1024);
            info.Inner = frame;
            return frame;
        }
        if (info.Kind == StepKind.Exit)
            return info.Frame!.Parent ?? throw EngineException.InvalidArgument("Invalid Exit op: Cannot find a corresponding Enter op.").At(node.Name, node.Op);
        return info.Frame!;
    }

    /// <summary>A loop (or the top of the graph): the steps inside it.</summary>
    internal sealed class LoopFrame(string name, LoopFrame? parent)
    {
        internal string Name { get; } = name;

        internal LoopFrame? Parent { get; } = parent;

        internal List<StepInfo> Steps { get; } = [];

        internal int StepCount { get; set; }

        internal int InputCount { get; set; }

        internal int Enters { get; set; }

        internal int ParallelIterations { get; set; } = 1;
    }

    /// <summary>A step with its users.</summary>
    internal sealed class StepInfo(Step step, int index, StepKind kind)
    {
        internal Step Step { get; } = step;

        internal int Index { get; } = index;

        internal StepKind Kind { get; } = kind;

        internal LoopFrame? Frame { get; set; }

        /// <summary>For Enter: the loop it leads into.</summary>
        internal LoopFrame? Inner { get; set; }

        /// <summary>Number among the steps of its frame.</summary>
        internal int Local { get; set; }

        /// <summary>Where its inputs begin among those of its frame.</summary>
        internal int InputOffset { get; set; }

        /// <summary>Inputs that other steps make; feeds and constants are not counted.</summary>
        internal int DataEdges { get; set; }

        internal int ControlEdges { get; set; }

        /// <summary>Whether an input is a feed or a constant.</summary>
        internal bool HasKnownInput { get; set; }

        internal List<(int Output, int Step, int Input)> DataUsers { get; } = [];

        internal List<int> ControlUsers { get; } = [];

        internal List<(int Output, int Fetch)> Fetches { get; } = [];
    }
}
