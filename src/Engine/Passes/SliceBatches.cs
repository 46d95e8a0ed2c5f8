using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Passes;

/// <summary>
/// Finds parts of a plan that act on each row of a batch alone and in which more memory flows than their weights have: they become one node each, which runs them
/// for a few rows at a time (see <see cref="SliceKernel"/>). What flows inside a part then stays in the cache, and threads take rows of their own.
/// </summary>
internal static class SliceBatches
{
    /// <summary>Parts that keep fewer bytes a row to themselves stay as they are.</summary>
    private const long LeastKept = 16 << 10;

    /// <summary>Weights of so many bytes stay in the cache from slice to slice.</summary>
    private const long SmallWeights = 256 << 10;

    internal static void Run(PlanGraph graph, SessionState session)
    {
        if (graph.Nodes.Exists(n => ControlFlow.IsControlFlow(n.Op)))
            return;
        foreach (var part in Find(graph))
            Part.Make(graph, session, part);
    }

    /// <summary>
    /// Goes through the nodes in the order of execution and gathers those that act on rows, until one of them needs a value that comes from the part by way of a
    /// node outside it.
    /// </summary>
    private static List<List<PlanNode>> Find(PlanGraph graph)
    {
        var found = new List<List<PlanNode>>();
        var context = new RewriteContext(graph);
        var awaited = graph.Nodes.SelectMany(n => n.Controls).Concat(graph.Targets).ToHashSet();
        var part = new List<PlanNode>();
        var inside = new HashSet<PlanNode>();
        var behind = new HashSet<PlanNode>();
        foreach (var node in Planner.Order(graph.Nodes) ?? [])
        {
            if (node.Feed >= 0 || node.Constants is not null)
                continue;
            var acts = node.Controls.Count == 0 && !awaited.Contains(node) && ActsOnRows(context, node);
            var follows = Array.Exists(node.Inputs, v => behind.Contains(v.Node));
            if (acts && follows)
            {
                found.Add(part);
                part = [];
                inside.Clear();
                behind.Clear();
            }
            if (acts)
            {
                part.Add(node);
                inside.Add(node);
            }
            else if (follows || Array.Exists(node.Inputs, v => inside.Contains(v.Node)) || node.Controls.Exists(behind.Contains))
            {
                behind.Add(node);
            }
        }
        found.Add(part);
        return found;
    }

    private static bool ActsOnRows(RewriteContext context, PlanNode node)
    {
        if (node.Kernel is not null || node.IsStateful || Array.TrueForAll(node.Inputs, v => v.Node.Constants is not null)
            || node.Node.Graph.Registry.Find(node.Op)?.ActsOnRows is not { } rule || !context.Apply(node, rule))
            return false;
        var flow = 0L;
        var weights = 0L;
        foreach (var input in node.Inputs)
        {
            if (input.Node.Constants?[input.Index] is { } constant)
                weights += constant.ByteLength;
            else if (RowBytes(input) is var bytes and >= 0)
                flow += bytes;
            else
                return false;
        }
        for (var i = 0; i < node.Node.OutputTypes.Count; i++)
        {
            if (RowBytes(new(node, i)) is var bytes and >= 0)
                flow += bytes;
            else
                return false;
        }
        return weights <= Math.Max(flow, SmallWeights);
    }

    /// <summary>How many bytes a row of a value has; -1 if that, or that the number of rows is open, is not known.</summary>
    private static long RowBytes(PlanValue value)
    {
        var shape = InferShapes.Shape(value);
        var type = value.Node.Node.OutputTypes[value.Index];
        if (shape.Rank < 1 || shape[0] >= 0 || type.IsRef() || type.IsObject() || type.Size() == 0)
            return -1;
        long bytes = type.Size();
        foreach (var d in shape.Dims[1..])
        {
            if (d < 0 || d > int.MaxValue / Math.Max(1, bytes))
                return -1;
            bytes *= d;
        }
        return bytes;
    }

    /// <summary>A part that is being taken out of its graph.</summary>
    private static class Part
    {
        internal static void Make(PlanGraph graph, SessionState session, List<PlanNode> nodes)
        {
            var inside = nodes.ToHashSet();
            var entering = nodes.SelectMany(n => n.Inputs).Where(v => v.Node.Constants is null && !inside.Contains(v.Node)).Distinct().ToList();
            var leaving = graph.Nodes.Where(n => n.Constants is null && !inside.Contains(n)).SelectMany(n => n.Inputs).Concat(graph.Fetches)
                .Where(v => inside.Contains(v.Node)).Distinct().ToList();
            if (leaving.Count == 0 || entering.Count == 0 || nodes.SelectMany(Outputs).Except(leaving).Sum(RowBytes) < LeastKept)
                return;
            var most = nodes.Max(n => n.Inputs.Where(v => v.Node.Constants is null).Concat(Outputs(n)).Distinct().Sum(RowBytes));
            var rows = leaving.ConvertAll(v => InferShapes.Shape(v).Dims[1..].ToArray());
            var plan = Inner(graph, session, nodes, entering, leaving);
            var made = graph.Add("_Slices", nodes[^1].Node.Name, [.. entering.Select(Type)], [.. leaving.Select(Type)], [.. entering], nodes[^1].Order,
                new SliceKernel(plan, [.. rows], most), isStateful: false);
            made.Shapes = [.. leaving.Select(InferShapes.Shape)];
            graph.Nodes.RemoveAll(inside.Contains);
            graph.Replace(v => leaving.IndexOf(v) is var i and >= 0 ? new PlanValue(made, i) : v, n => n);
        }

        private static Plan Inner(PlanGraph graph, SessionState session, List<PlanNode> nodes, List<PlanValue> entering, List<PlanValue> leaving)
        {
            var inner = PlanGraph.WithFeeds(nodes[0].Node.Graph, entering.Select(v => (v.Node.Node.Name, Type(v))));
            inner.StateScope = graph.StateScope;
            inner.Frozen = graph.Frozen;
            var constants = new Dictionary<PlanNode, PlanNode>();
            foreach (var node in nodes)
            {
                for (var i = 0; i < node.Inputs.Length; i++)
                {
                    var input = node.Inputs[i];
                    if (entering.IndexOf(input) is var feed and >= 0)
                        node.Inputs[i] = new(inner.Feeds[feed], 0);
                    else if (input.Node.Constants is { } values)
                        node.Inputs[i] = new(Constant(input.Node, values), input.Index);
                }
            }
            inner.Nodes.AddRange(nodes);
            inner.Nodes.AddRange(constants.Values);
            inner.Fetches = [.. leaving];
            return Planner.Compile(inner, session);

            PlanNode Constant(PlanNode node, Tensor?[] values)
            {
                if (!constants.TryGetValue(node, out var copy))
                    constants[node] = copy = new PlanNode(node.Node, node.Order) { Constants = values };
                return copy;
            }
        }

        private static IEnumerable<PlanValue> Outputs(PlanNode node) => Enumerable.Range(0, node.Node.OutputTypes.Count).Select(i => new PlanValue(node, i));

        private static DType Type(PlanValue value) => value.Node.Node.OutputTypes[value.Index];
    }
}
