using Engine.Graphs;
using Engine.OpModel;
using Engine.Passes;

namespace Engine.Runtime;

/// <summary>Makes plans: takes the part of the graph that is needed, simplifies it, makes the kernels, assigns slots and finds out when each dies.</summary>
internal static class Planner
{
    /// <exception cref="MissingOpException">Nodes that are needed have ops that nobody registered.</exception>
    /// <exception cref="EngineException">A shape function or a kernel's making refuses a node.</exception>
    internal static Plan Make(Graph graph, SessionState session, IReadOnlyList<Value> feeds, IReadOnlyList<Value> fetches, IReadOnlyList<Node> targets,
        bool keepFeeds = false, StateScope? stateScope = null, FrozenVariables? frozen = null, IReadOnlyList<Tensor?>? bound = null)
        => Finish(Build(graph, session, feeds, fetches, targets, stateScope, frozen, bound), session, keepFeeds);

    /// <summary>The part of a graph that a plan needs, its calls inlined, nothing simplified.</summary>
    internal static PlanGraph Build(Graph graph, SessionState session, IReadOnlyList<Value> feeds, IReadOnlyList<Value> fetches, IReadOnlyList<Node> targets,
        StateScope? stateScope, FrozenVariables? frozen, IReadOnlyList<Tensor?>? bound)
    {
        var plan = PlanGraph.Build(graph, feeds, fetches, targets);
        plan.StateScope = stateScope ?? StateScope.Session;
        if (bound is not null)
            plan.BindFeeds(bound);
        if (Enabled(session, PlanPasses.Inline))
            InlineCalls.Run(plan, session);
        DereferenceInputs.Run(plan);
        CheckOps(plan);
        CheckShapes(plan);
        if (Enabled(session, PlanPasses.Freeze) && frozen is not null)
        {
            plan.Frozen = frozen;
            if (bound is null)
                FreezeVariables.Allow(plan, session, frozen);
        }
        return plan;
    }

    /// <summary>Simplifies a plan's graph and compiles it.</summary>
    internal static Plan Finish(PlanGraph plan, SessionState session, bool keepFeeds = false)
    {
        Simplify(plan, session);
        return Join(plan, session, keepFeeds);
    }

    /// <summary>Joins nodes of a plan's graph, a whole one or the inside of a loop, and compiles it.</summary>
    internal static Plan Join(PlanGraph plan, SessionState session, bool keepFeeds = false)
    {
        if (Enabled(session, PlanPasses.Fuse))
            Rewrite.Run(plan, op => op.Fuse);
        if (Enabled(session, PlanPasses.Chain))
            Rewrite.Run(plan, op => op.Chain);
        DropSettledControls.Run(plan);
        if (Enabled(session, PlanPasses.Slice))
            SliceBatches.Run(plan, session);
        return Compile(plan, session, keepFeeds);
    }

    /// <summary>What comes before nodes are joined: constants, structure, simpler nodes.</summary>
    internal static void Simplify(PlanGraph plan, SessionState session)
    {
        FreezeVariables.Run(plan, session);
        var fold = Enabled(session, PlanPasses.Fold);
        FoldConstants.Run(plan, session, onlyConst: !fold);
        if (Enabled(session, PlanPasses.Structure))
        {
            StructureLoops.Run(plan, session);
            StructureBranches.Run(plan, session);
        }
        if (Enabled(session, PlanPasses.Simplify) || Enabled(session, PlanPasses.Fuse) || Enabled(session, PlanPasses.Slice))
            InferShapes.Run(plan);
        if (Enabled(session, PlanPasses.Simplify))
        {
            Rewrite.Run(plan, op => op.Simplify);
            FoldConstants.Run(plan, session, onlyConst: !fold);
            InferShapes.Run(plan);
        }
        if (Enabled(session, PlanPasses.Merge))
            MergeCommonSubexpressions.Run(plan);
    }

    /// <summary>The nodes in an order in which each comes after what it needs, back edges of loops aside; null when they form other cycles.</summary>
    internal static List<PlanNode>? Order(List<PlanNode> nodes)
    {
        var readiness = new Readiness(nodes);
        var ready = new PriorityQueue<PlanNode, (int, int)>();
        var position = 0;
        foreach (var node in nodes)
        {
            if (readiness.IsReady(node))
                ready.Enqueue(node, (node.Order, position++));
        }
        var order = new List<PlanNode>(nodes.Count);
        while (ready.TryDequeue(out var node, out _))
        {
            order.Add(node);
            foreach (var user in readiness.Done(node))
                ready.Enqueue(user, (user.Order, position++));
        }
        return order.Count == nodes.Count ? order : null;
    }

    private static bool Enabled(SessionState session, string pass) => !session.Options.DisabledPasses.Contains(pass);

    private static void CheckOps(PlanGraph plan)
    {
        var missing = new Dictionary<string, int>();
        foreach (var node in plan.Nodes)
        {
            if (node.Feed < 0 && node.Kernel is null && !IsBuiltIn(node.Op) && node.Node.Graph.Registry.Find(node.Op) is null && node.Node.Graph.Library.Find(node.Op) is null)
                missing[node.Op] = missing.GetValueOrDefault(node.Op) + 1;
            if (DeviceName.IsRemote(node.Node.Device))
                throw EngineException.InvalidArgument($"Cannot assign a device for operation {node.Node.Name}: it was explicitly assigned to {node.Node.Device}, which is not of this process.").At(node.Node.Name, node.Op);
        }
        if (missing.Count > 0)
            throw new MissingOpException(missing);
    }

    private static bool IsBuiltIn(string op) => op == DereferenceInputs.Op;

    // Shape functions refuse what can never fit, before anything runs.
    private static void CheckShapes(PlanGraph plan)
    {
        foreach (var node in Order(plan.Nodes) ?? [])
        {
            // Nodes that passes have made have no inputs in a graph.
            if (node.Feed >= 0 || node.Constants is not null || node.Node.Signature is null || node.Node.Inputs.Count != node.Inputs.Length)
                continue;
            foreach (var input in node.Node.InputSpan)
                _ = input.Node.OutputShape(input.Index);
            ShapeInference.Infer(node.Node, throwing: true);
        }
    }

    /// <summary>Makes the kernels and assigns the slots.</summary>
    internal static Plan Compile(PlanGraph plan, SessionState session, bool keepFeeds = false)
    {
        var order = Order(plan.Nodes) ?? throw EngineException.InvalidArgument("The graph has a cycle.");
        var slots = new Dictionary<PlanValue, int>();
        var constants = new List<(int Slot, Tensor Value)>();
        foreach (var node in order)
        {
            var outputs = node.Feed >= 0 ? 1 : node.Node.OutputTypes.Count;
            for (var i = 0; i < outputs; i++)
            {
                slots[new(node, i)] = slots.Count;
                if (node.Constants?[i] is { } value)
                    constants.Add((slots.Count - 1, value));
            }
        }
        var needed = order.SelectMany(n => n.Constants is null ? n.Inputs : []).Concat(plan.Fetches).ToHashSet();
        var steps = new List<Step>();
        var origins = new List<PlanNode>();
        foreach (var node in order)
        {
            if (node.Feed >= 0 || node.Constants is not null)
                continue;
            steps.Add(new Step
            {
                Node = node.Node,
                Kernel = node.Kernel ?? MakeKernel(node, session, needed, plan),
                Inputs = [.. node.Inputs.Select(v => slots.TryGetValue(v, out var s) ? s : throw OutputMissing(v))],
                Outputs = [.. Enumerable.Range(0, node.Node.OutputTypes.Count).Select(i => slots[new(node, i)])],
                OutputTypes = [.. node.Node.OutputTypes.Select(t => t.Base())],
            });
            origins.Add(node);
            // What a kernel has packed it does not read again.
            foreach (var input in node.Inputs)
                input.Node.Constants?[input.Index]?.Unload();
        }
        var fetchSlots = plan.Fetches.Select(f => slots.TryGetValue(f, out var s) ? s : throw OutputMissing(f)).ToArray();
        var feedSlots = plan.Feeds.Select(f => slots[new(f, 0)]).ToArray();
        var straight = !steps.Exists(s => s.Kernel is AsyncKernel || ControlFlow.IsControlFlow(s.Node.Op));
        var groups = straight && session.Workers.Threads > 1 && Enabled(session, PlanPasses.Branches) ? Branches.Arrange(order, steps, origins) : [];
        Liveness.Assign(steps, groups, slots.Count, constants.Select(c => c.Slot).Concat(keepFeeds ? feedSlots : []), fetchSlots);
        return new Plan([.. steps], [.. groups], slots.Count, feedSlots, fetchSlots, [.. constants],
            straight ? null : DataflowGraph.Make(steps, origins, slots.Count, fetchSlots));
    }

    private static Kernel MakeKernel(PlanNode node, SessionState session, HashSet<PlanValue> needed, PlanGraph plan)
    {
        if (node.Op == DereferenceInputs.Op)
            return DereferenceKernel.Instance;
        var outputs = new bool[node.Node.OutputTypes.Count];
        for (var i = 0; i < outputs.Length; i++)
            outputs[i] = needed.Contains(new(node, i));
        var builder = new KernelBuilder(node.Node, session, i => node.Inputs[i].Node.Constants?[node.Inputs[i].Index], outputs, plan.StateScope) { Frozen = plan.Frozen };
        try
        {
            if (node.Node.Graph.Registry.Find(node.Op) is { } op)
                return op.CreateKernel(builder);
            var function = plan.StateScope.Own(session.Function(node.Node.Graph, new FunctionReference(node.Op, node.Node.Attrs)));
            function.CheckCall(node.Node);
            return BlockingKernel.WrapIfNeeded(new CallKernel(function), function);
        }
        catch (EngineException e)
        {
            throw e.At(node.Node.Name, node.Op);
        }
    }

    private static EngineException OutputMissing(PlanValue value)
        => EngineException.InvalidArgument($"Node '{value.Node.Node.Name}' has no output {value.Index}.").At(value.Node.Node.Name, value.Node.Op);
}
