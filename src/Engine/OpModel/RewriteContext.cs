using Engine.Graphs;
using Engine.Passes;
using Engine.Runtime;

namespace Engine.OpModel;

/// <summary>What a rewriting rule sees of a plan: one node and what makes its inputs; and how it puts another node in its place. The loaded graph stays as it is.</summary>
public sealed class RewriteContext
{
    private readonly PlanGraph graph;
    private readonly Dictionary<PlanNode, int> uses = [];
    private Dictionary<PlanNode, List<PlanNode>>? users;
    private PlanNode current = null!;
    private bool? hasControlFlow;

    internal RewriteContext(PlanGraph graph)
    {
        this.graph = graph;
        foreach (var node in graph.Nodes)
        {
            if (node.Constants is null)
            {
                foreach (var input in node.Inputs)
                    Count(input.Node);
            }
            foreach (var control in node.Controls)
                Count(control);
        }
        foreach (var fetch in graph.Fetches)
            Count(fetch.Node);
        foreach (var target in graph.Targets)
            Count(target);
    }

    /// <summary>The node: for its op and attributes. Its inputs may have been rewritten: <see cref="Input"/> has those.</summary>
    public Node Node => current.Node;

    /// <summary>Number of input tensors.</summary>
    public int InputCount => current.Inputs.Length;

    /// <summary>What is known of the shape of output <paramref name="index"/>.</summary>
    public PartialShape OutputShape(int index) => InferShapes.Shape(new PlanValue(current, index));

    /// <summary>Whether a node or the caller uses output <paramref name="index"/>.</summary>
    public bool IsUsed(int index)
    {
        var value = new PlanValue(current, index);
        return Array.IndexOf(graph.Fetches, value) >= 0 || graph.Nodes.Exists(n => n.Constants is null && Array.IndexOf(n.Inputs, value) >= 0);
    }

    /// <summary>Input <paramref name="index"/>.</summary>
    public RewriteValue Input(int index) => new(this, current.Inputs[index]);

    /// <summary>Whether input <paramref name="index"/> is known when the plan is made.</summary>
    public bool IsConstant(int index) => current.Inputs[index].Node.Constants is not null;

    /// <summary>
    /// Whether the inputs are broadcast to the output in a way that leaves rows where they are: those at <paramref name="weights"/> are constants that serve all rows,
    /// the others that are not constants have the rank of the output, one at least, and constants are the same for all rows.
    /// </summary>
    public bool BroadcastsToRows(params ReadOnlySpan<int> weights)
    {
        var rank = OutputShape(0).Rank;
        for (var i = 0; i < InputCount; i++)
        {
            var shape = InferShapes.Shape(current.Inputs[i]);
            if (weights.Contains(i) ? !IsConstant(i) : IsConstant(i) ? shape.Rank > rank || (shape.Rank == rank && rank > 0 && shape[0] != 1) : shape.Rank != rank)
                return false;
        }
        return rank > 0;
    }

    /// <summary>The element type attribute <paramref name="attr"/>.</summary>
    public DType Type(string attr) => current.Node.Attr(attr).AsType();

    /// <summary>A new constant, given away.</summary>
    public RewriteValue Constant(Tensor value)
    {
        var node = graph.Add("Const", current.Node.Name + "/constant", [], [value.Type], [], current.Order);
        node.Constants = [value];
        return new(this, new PlanValue(node, 0));
    }

    /// <summary>Another node of one output, for the node that replaces this one to use. Attributes that are types of inputs need not be given.</summary>
    public RewriteValue Add(string op, ReadOnlySpan<RewriteValue> inputs, params ReadOnlySpan<(string Name, AttrValue Value)> attrs)
    {
        var node = new PlanNode(graph.MakeNode(op, $"{current.Node.Name}/{op}", Attributes(op, inputs, attrs)), current.Order) { Inputs = [.. ToPlan(inputs)] };
        graph.Nodes.Add(node);
        foreach (var input in node.Inputs)
            Count(input.Node, node);
        InferShapes.Infer(node);
        return new(this, new PlanValue(node, 0));
    }

    /// <summary>Puts a node of another op in the place of this one: its outputs are this one's. Nodes that nobody needs any more go, and whom they waited for, the new node waits for.</summary>
    public bool Replace(string op, ReadOnlySpan<RewriteValue> inputs, params ReadOnlySpan<(string Name, AttrValue Value)> attrs)
    {
        var node = graph.MakeNode(op, current.Node.Name, Attributes(op, inputs, attrs));
        // Asked for now, while the node's inputs are those of the graph.
        if (current.Node.OutputTypes.Count > 0)
            current.Node.OutputShape(0);
        // Outputs that this one does not have are left to the new op's shape function.
        var hasMore = node.OutputTypes.Count > current.Node.OutputTypes.Count;
        if (!hasMore && current.Node.KnownShapes is { } shapes)
            node.SetShapes(shapes.Length == node.OutputTypes.Count ? shapes : shapes[..node.OutputTypes.Count]);
        var before = current.Inputs;
        current.Node = node;
        current.Inputs = [.. ToPlan(inputs)];
        foreach (var input in current.Inputs)
            Count(input.Node, current);
        foreach (var input in before)
            Release(input.Node);
        if (hasMore)
            InferShapes.Infer(current);
        return true;
    }

    /// <summary>
    /// Makes all who use an output of this node use another value of the same contents instead; false when nobody does, or where waiting says who is
    /// alive. Who used this node waits for what it waited for. A result of the plan that is a feed or a constant keeps its node.
    /// </summary>
    public bool ReplaceBy(RewriteValue value, int output = 0)
    {
        var old = new PlanValue(current, output);
        var replacement = value.Value;
        var waits = current.Controls.Count > 0;
        if ((waits && (hasControlFlow ??= graph.Nodes.Exists(n => ControlFlow.IsControlFlow(n.Op)))) || replacement.Node.Node.OutputTypes[replacement.Index].IsRef() || replacement.Node == current)
            return false;
        var changed = false;
        foreach (var user in (users ??= FindUsers()).GetValueOrDefault(current, []).ToArray())
        {
            for (var i = 0; i < user.Inputs.Length && user.Constants is null; i++)
            {
                if (user.Inputs[i] != old)
                    continue;
                user.Inputs[i] = replacement;
                Count(replacement.Node, user);
                foreach (var control in current.Controls)
                {
                    if (ReferenceEquals(control, user) || user.Controls.Contains(control))
                        continue;
                    user.AddControl(control);
                    Count(control);
                }
                Release(current);
                changed = true;
            }
        }
        // Of several inputs another one may be dead, and the result with it.
        for (var i = 0; i < graph.Fetches.Length && !waits && current.Inputs.Length == 1 && replacement.Node is { Feed: < 0, Constants: null }; i++)
        {
            if (graph.Fetches[i] != old)
                continue;
            graph.Fetches[i] = replacement;
            Count(replacement.Node);
            Release(current);
            changed = true;
        }
        return changed;
    }

    internal bool Apply(PlanNode node, Func<RewriteContext, bool> rule)
    {
        current = node;
        return rule(this);
    }

    internal bool IsUsed(PlanNode node) => uses.ContainsKey(node);

    internal bool IsAbsorbable(PlanValue value) => uses.GetValueOrDefault(value.Node) == 1 && value.Node is { Feed: < 0, IsStateful: false, Constants: null };

    private static PlanValue[] ToPlan(ReadOnlySpan<RewriteValue> values)
    {
        var result = new PlanValue[values.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = values[i].Value;
        return result;
    }

    private Dictionary<string, AttrValue> Attributes(string op, ReadOnlySpan<RewriteValue> inputs, ReadOnlySpan<(string Name, AttrValue Value)> given)
    {
        var attrs = new Dictionary<string, AttrValue>();
        foreach (var (name, value) in given)
            attrs[name] = value;
        var position = 0;
        foreach (var argument in graph.FindDefinition(op)?.Inputs ?? [])
        {
            if (position >= inputs.Length)
                break;
            if (argument.TypeAttr.Length > 0)
                attrs.TryAdd(argument.TypeAttr, AttrValue.Of(inputs[position].Type));
            if (argument.NumberAttr.Length > 0)
                position += (int)attrs[argument.NumberAttr].AsInt();
            else if (argument.TypeListAttr.Length > 0)
                position += attrs[argument.TypeListAttr].AsList().Length;
            else
                position++;
        }
        return attrs;
    }

    private Dictionary<PlanNode, List<PlanNode>> FindUsers()
    {
        var found = new Dictionary<PlanNode, List<PlanNode>>();
        foreach (var node in graph.Nodes)
        {
            foreach (var input in node.Constants is null ? node.Inputs : [])
                AddUser(found, input.Node, node);
        }
        return found;
    }

    private static void AddUser(Dictionary<PlanNode, List<PlanNode>> users, PlanNode source, PlanNode user)
    {
        if (!users.TryGetValue(source, out var list))
            users[source] = list = [];
        list.Add(user);
    }

    private void Count(PlanNode node, PlanNode user)
    {
        Count(node);
        if (users is not null)
            AddUser(users, node, user);
    }

    private void Count(PlanNode node) => uses[node] = uses.GetValueOrDefault(node) + 1;

    private void Release(PlanNode node)
    {
        if (--uses[node] > 0 || node.Feed >= 0)
            return;
        uses.Remove(node);
        foreach (var control in node.Controls)
        {
            current.AddControl(control);
            Count(control);
            Release(control);
        }
        if (node.Constants is not null)
            return;
        foreach (var input in node.Inputs)
            Release(input.Node);
    }
}
