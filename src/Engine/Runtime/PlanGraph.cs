using Engine.Graphs;

namespace Engine.Runtime;

/// <summary>The part of a graph that a plan needs, with edges that passes may change.</summary>
internal sealed class PlanGraph
{
    private readonly Graph scratch;
    private int nextOrder;

    internal PlanGraph(Graph graph) => scratch = new Graph(graph.Registry, graph.Library);

    /// <summary>
    /// Keeps the state of functions' nodes (random streams) apart from that of other plans: as in TensorFlow, a function's state belongs to the set of feeds and
    /// fetches, a graph's to the session.
    /// </summary>
    internal StateScope StateScope { get; set; } = StateScope.Session;

    /// <summary>What the plan takes for constants; null where variables are always read.</summary>
    internal FrozenVariables? Frozen { get; set; }

    internal List<PlanNode> Nodes { get; private set; } = [];

    internal PlanValue[] Fetches { get; set; } = [];

    internal List<PlanNode> Targets { get; } = [];

    internal PlanNode[] Feeds { get; private set; } = [];

    /// <summary>An empty plan graph with feeds of these types.</summary>
    internal static PlanGraph WithFeeds(Graph graph, IEnumerable<(string Name, DType Type)> feeds)
    {
        var plan = new PlanGraph(graph);
        plan.Feeds = [.. feeds.Select((f, i) => new PlanNode(plan.Synthetic("_Feed", f.Name, [], [f.Type]), plan.nextOrder++) { Feed = i })];
        plan.Nodes.AddRange(plan.Feeds);
        return plan;
    }

    /// <summary>A graph of the same nodes, which passes may change apart from this one.</summary>
    internal PlanGraph Clone()
    {
        var copies = Nodes.Concat(Feeds).Distinct().ToDictionary(n => n, n => new PlanNode(n.Node, n.Order) { Constants = n.Constants, Shapes = n.Shapes, Kernel = n.Kernel, Feed = n.Feed });
        foreach (var (node, copy) in copies)
        {
            copy.Inputs = node.Constants is null ? [.. node.Inputs.Select(Map)] : [];
            foreach (var control in node.Controls.Where(copies.ContainsKey))
                copy.AddControl(copies[control]);
        }
        return new PlanGraph(scratch)
        {
            nextOrder = nextOrder,
            StateScope = StateScope,
            Frozen = Frozen,
            Nodes = [.. Nodes.Select(n => copies[n])],
            Feeds = [.. Feeds.Select(n => copies[n])],
            Fetches = [.. Fetches.Select(Map)],
        };

        PlanValue Map(PlanValue value) => new(copies[value.Node], value.Index);
    }

    /// <summary>Copies what the fetches and targets need, stopping at the feeds.</summary>
    internal static PlanGraph Build(Graph graph, IReadOnlyList<Value> feeds, IReadOnlyList<Value> fetches, IReadOnlyList<Node> targets)
    {
        var plan = WithFeeds(graph, feeds.Select(f => (f.Name, f.Node.Signature is null ? DType.Invalid : f.Type.Base())));
        var fed = new Dictionary<Value, PlanNode>();
        for (var i = 0; i < feeds.Count; i++)
        {
            fed.TryAdd(feeds[i], plan.Feeds[i]);
            // What is fed for a placeholder has its shape; for another node it may have any.
            if (feeds[i].Node.Op is "Placeholder" or "PlaceholderV2" or "PlaceholderWithDefault")
                plan.Feeds[i].Shapes = [feeds[i].Node.OutputShape(feeds[i].Index)];
        }
        var copies = plan.Copy(fetches, targets, v => fed.TryGetValue(v, out var f) ? new PlanValue(f, 0) : null);
        plan.Fetches = [.. fetches.Select(copies.Value)];
        plan.Targets.AddRange(targets.Select(copies.Node));
        return plan;
    }

    /// <summary>Gives the nodes that use some feeds constants in their place; a feed that is a result stays one.</summary>
    internal void BindFeeds(IReadOnlyList<Tensor?> values)
    {
        var constants = new Dictionary<PlanNode, PlanNode>();
        for (var i = 0; i < Feeds.Length; i++)
        {
            if (values[i] is { } value)
                constants[Feeds[i]] = new PlanNode(Synthetic("Const", Feeds[i].Node.Name + "/bound", [], [value.Type]), Feeds[i].Order) { Constants = [value] };
        }
        foreach (var node in Nodes)
        {
            for (var i = 0; i < node.Inputs.Length; i++)
            {
                if (constants.TryGetValue(node.Inputs[i].Node, out var constant))
                    node.Inputs[i] = new PlanValue(constant, 0);
            }
        }
        Nodes.AddRange(constants.Values);
    }

    /// <summary>Copies the nodes that <paramref name="results"/> and <paramref name="targets"/> need; <paramref name="replaced"/> says which values come from elsewhere.</summary>
    internal Copies Copy(IEnumerable<Value> results, IEnumerable<Node> targets, Func<Value, PlanValue?> replaced)
    {
        var copies = new Dictionary<Node, PlanNode>();
        var pending = new Stack<Node>();
        foreach (var v in results)
        {
            if (replaced(v) is null)
                pending.Push(v.Node);
        }
        foreach (var t in targets)
            pending.Push(t);
        var found = new List<Node>();
        while (pending.TryPop(out var node))
        {
            if (copies.ContainsKey(node))
                continue;
            copies[node] = new PlanNode(node, 0);
            found.Add(node);
            foreach (var input in node.InputSpan)
            {
                if (replaced(input) is null)
                    pending.Push(input.Node);
            }
            foreach (var control in node.ControlInputs)
            {
                if (!IsFed(control, replaced))
                    pending.Push(control);
            }
        }
        // The order of the graph is the order of execution among nodes that are ready.
        found.Sort((a, b) => a.Position.CompareTo(b.Position));
        foreach (var node in found)
        {
            var copy = copies[node];
            copy.Order = nextOrder++;
            copy.Inputs = [.. node.Inputs.Select(v => replaced(v) ?? new PlanValue(copies[v.Node], v.Index))];
            foreach (var control in node.ControlInputs)
            {
                if (copies.TryGetValue(control, out var before))
                    copy.AddControl(before);
            }
            Nodes.Add(copy);
        }
        return new Copies(copies, replaced);
    }

    /// <summary>A node that no graph has, made for this plan.</summary>
    internal PlanNode Add(string op, string name, DType[] inputTypes, DType[] outputTypes, PlanValue[] inputs, int order, OpModel.Kernel? kernel = null, bool isStateful = true)
    {
        var node = new PlanNode(Synthetic(op, name, inputTypes, outputTypes, isStateful), order) { Inputs = inputs, Kernel = kernel };
        Nodes.Add(node);
        return node;
    }

    /// <summary>The definition of an op of the registry or the library, or null.</summary>
    internal OpModel.OpDefinition? FindDefinition(string op) => scratch.FindDefinition(op);

    /// <summary>A node that no graph has, of an op that has a definition.</summary>
    internal Node MakeNode(string op, string name, IReadOnlyDictionary<string, AttrValue> attrs)
    {
        var definition = FindDefinition(op) ?? throw EngineException.Internal($"There is no op {op}.").At(name, op);
        var complete = AttributeCompletion.Complete(name, definition, attrs);
        return new Node(scratch, name, op, definition, OpModel.NodeSignature.Resolve(name, definition, complete), complete, [], [], "") { StateKey = name };
    }

    /// <summary>Drops nodes that nothing needs any more.</summary>
    internal void Prune()
    {
        var needed = new HashSet<PlanNode>();
        var pending = new Stack<PlanNode>(Fetches.Select(f => f.Node).Concat(Targets).Concat(Feeds));
        while (pending.TryPop(out var node))
        {
            if (!needed.Add(node))
                continue;
            if (node.Constants is null)
            {
                foreach (var input in node.Inputs)
                    pending.Push(input.Node);
            }
            foreach (var control in node.Controls)
                pending.Push(control);
        }
        Nodes = [.. Nodes.Where(needed.Contains)];
    }

    /// <summary>Makes all users of some values use others.</summary>
    internal void Replace(Func<PlanValue, PlanValue> values, Func<PlanNode, PlanNode> controls)
    {
        foreach (var node in Nodes)
        {
            for (var i = 0; i < node.Inputs.Length; i++)
                node.Inputs[i] = values(node.Inputs[i]);
            for (var i = 0; i < node.Controls.Count; i++)
                node.Controls[i] = controls(node.Controls[i]);
        }
        Fetches = [.. Fetches.Select(values)];
        for (var i = 0; i < Targets.Count; i++)
            Targets[i] = controls(Targets[i]);
    }

    // A fed placeholder does not run; another fed op that somebody waits for does.
    private static bool IsFed(Node node, Func<Value, PlanValue?> replaced)
        => node.OutputTypes.Count > 0 && node.Op is "Placeholder" or "PlaceholderV2" or "PlaceholderWithDefault" && replaced(node[0]) is not null;

    private Node Synthetic(string op, string name, DType[] inputTypes, DType[] outputTypes, bool isStateful = true)
    {
        var definition = new OpModel.OpDefinition(op,
            [.. inputTypes.Select((t, i) => new OpModel.ArgDefinition($"i{i}", t.Base(), IsRef: t.IsRef()))],
            [.. outputTypes.Select((t, i) => new OpModel.ArgDefinition($"o{i}", t.Base(), IsRef: t.IsRef()))], [])
        { IsStateful = isStateful };
        var attrs = new Dictionary<string, AttrValue>();
        return new Node(scratch, name, op, definition, OpModel.NodeSignature.Resolve(name, definition, attrs), attrs, [], [], "") { StateKey = name };
    }

    /// <summary>Where the copies of nodes and values are.</summary>
    internal sealed class Copies(Dictionary<Node, PlanNode> nodes, Func<Value, PlanValue?> replaced)
    {
        internal IEnumerable<PlanNode> All => nodes.Values;

        internal PlanNode Node(Node node) => nodes[node];

        internal PlanValue Value(Value value) => replaced(value) ?? new PlanValue(nodes[value.Node], value.Index);
    }
}
