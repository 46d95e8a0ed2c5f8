using Engine.OpModel;

namespace Engine.Graphs;

/// <summary>Walks a graph backwards from the ys, and asks each op on a path to an x for the gradients of its inputs.</summary>
internal sealed class GradientBuilder(Graph graph, IReadOnlyList<Value> ys, IReadOnlyList<Value> xs, IReadOnlyList<Value?>? gradYs)
{
    private readonly Dictionary<Value, List<Gradient>> gradients = [];

    internal Gradient?[] Run()
    {
        var between = Between();
        for (var i = 0; i < ys.Count; i++)
        {
            var start = gradYs is not null && i < gradYs.Count && gradYs[i] is { } g ? g : graph.NewNode("OnesLike").Input(ys[i]).Build()[0];
            AddTo(ys[i], start);
        }
        foreach (var node in Backwards(between))
            Visit(node, between);
        return [.. xs.Select(x => gradients.TryGetValue(x, out var list) ? Sum(list) : null)];
    }

    private void Visit(Node node, HashSet<Node> between)
    {
        var outputs = new Gradient?[node.OutputTypes.Count];
        var any = false;
        for (var i = 0; i < outputs.Length; i++)
        {
            if (gradients.TryGetValue(node[i], out var list))
            {
                outputs[i] = Sum(list);
                gradients[node[i]] = [outputs[i]!];
                any = true;
            }
        }
        // Nodes that the xs are made from need no gradient themselves.
        if (!any || !node.Inputs.Any(i => between.Contains(i.Node) || xs.Contains(i)))
            return;
        var context = new GradientContext(graph, node, outputs);
        var inputs = Compute(node, context);
        for (var i = 0; i < inputs.Length && i < node.Inputs.Count; i++)
        {
            if (inputs[i] is { } g)
                AddTo(node.Inputs[i], g);
        }
    }

    private Gradient?[] Compute(Node node, GradientContext context)
    {
        if (graph.Registry.Find(node.Op) is { } op)
            return op.Gradient is { } gradient ? gradient(context) : throw context.NotDifferentiable();
        if (graph.Library.Find(node.Op) is not null)
            return FunctionGradients.OfCall(context, new FunctionReference(node.Op, node.Attrs));
        throw context.NotDifferentiable();
    }

    private void AddTo(Value value, Gradient gradient)
    {
        if (!IsTrainable(value.Type.Base()))
            return;
        if (!gradients.TryGetValue(value, out var list))
            gradients[value] = list = [];
        list.Add(gradient);
    }

    private static bool IsTrainable(DType type) => type.IsFloating() || type.IsComplex() || type is DType.Resource or DType.Variant;

    private Gradient Sum(List<Gradient> list)
    {
        if (list.Count == 1)
            return list[0];
        if (list.TrueForAll(g => g.IsSparse))
        {
            var zero = graph.NewNode("Const").Attr("dtype", DType.Int32).Attr("value", AttrValue.Of(Tensor.Scalar(0))).Build()[0];
            var values = graph.NewNode("ConcatV2").Input([.. list.Select(g => g.Values)]).Input(zero).Build()[0];
            var indices = graph.NewNode("ConcatV2").Input([.. list.Select(g => g.Indices!.Value)]).Input(zero).Build()[0];
            return Gradient.Slices(values, indices, list[0].DenseShape!.Value);
        }
        return graph.NewNode("AddN").Input([.. list.Select(g => Gradients.ToDense(graph, g))]).Build()[0];
    }

    // Nodes from which a y can be reached and which can be reached from an x.
    private HashSet<Node> Between()
    {
        var toYs = new HashSet<Node>();
        var pending = new Stack<Node>(ys.Select(y => y.Node));
        var users = new Dictionary<Node, List<Node>>();
        while (pending.TryPop(out var node))
        {
            if (!toYs.Add(node))
                continue;
            foreach (var input in node.Inputs)
            {
                if (!users.TryGetValue(input.Node, out var list))
                    users[input.Node] = list = [];
                list.Add(node);
                pending.Push(input.Node);
            }
        }
        var between = new HashSet<Node>();
        pending = new Stack<Node>(xs.Select(x => x.Node).Where(toYs.Contains));
        while (pending.TryPop(out var node))
        {
            if (!between.Add(node))
                continue;
            foreach (var user in users.GetValueOrDefault(node) ?? [])
                pending.Push(user);
        }
        return between;
    }

    // Each node after all its users.
    private static List<Node> Backwards(HashSet<Node> nodes)
    {
        var pending = nodes.ToDictionary(n => n, _ => 0);
        foreach (var node in nodes)
        {
            foreach (var source in node.Inputs.Select(i => i.Node).Distinct())
            {
                if (pending.ContainsKey(source))
                    pending[source]++;
            }
        }
        var ready = new Queue<Node>(nodes.Where(n => pending[n] == 0));
        var order = new List<Node>(nodes.Count);
        while (ready.TryDequeue(out var node))
        {
            order.Add(node);
            foreach (var source in node.Inputs.Select(i => i.Node).Distinct())
            {
                if (pending.TryGetValue(source, out var count) && (pending[source] = count - 1) == 0)
                    ready.Enqueue(source);
            }
        }
        return order;
    }
}
