using Engine.Graphs;
using Engine.Runtime;

namespace Engine.Passes;

/// <summary>
/// Puts the body of a called function in place of the call. What TensorFlow promises of a call stays: the body's effects happen after all arguments and control
/// inputs, and who waits for the call waits for the body's results and control results.
/// </summary>
internal static class InlineCalls
{
    private const int MaximumDepth = 64;

    internal static void Run(PlanGraph graph, SessionState session)
    {
        var depth = new Dictionary<PlanNode, HashSet<string>>();
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            var call = graph.Nodes[i];
            if (Callee(call.Node) is not { } reference)
                continue;
            var path = depth.GetValueOrDefault(call) ?? [];
            if (path.Contains(reference.Name) || path.Count > MaximumDepth)
                continue;
            var inner = new HashSet<string>(path) { reference.Name };
            Inline(graph, session, call, reference, inner, depth);
        }
        graph.Prune();
    }

    private static FunctionReference? Callee(Node node)
    {
        if (node.Op is "PartitionedCall" or "StatefulPartitionedCall")
            return node.Attr("f").AsFunction();
        return node.Graph.Library.Find(node.Op) is not null && node.Graph.Registry.Find(node.Op) is null
            ? new FunctionReference(node.Op, node.Attrs)
            : null;
    }

    private static void Inline(PlanGraph graph, SessionState session, PlanNode call, FunctionReference reference, HashSet<string> path, Dictionary<PlanNode, HashSet<string>> depth)
    {
        var isLegacy = call.Node.Op == reference.Name;
        var function = session.Function(call.Node.Graph, reference);
        var body = function.Body;
        function.CheckCall(call.Node);

        // Effects wait for the whole call; so do nodes without arguments when the call has control inputs.
        var before = graph.Add("NoOp", call.Node.Name + "/before", [], [], [], call.Order);
        foreach (var input in call.Inputs)
            before.AddControl(input.Node);
        foreach (var control in call.Controls)
            before.AddControl(control);

        var arguments = new Dictionary<Value, PlanValue>();
        for (var i = 0; i < body.Arguments.Length; i++)
        {
            var argument = call.Inputs[i];
            if (call.Controls.Count > 0)
            {
                var type = call.Node.InputTypes[i];
                var identity = graph.Add("Identity", $"{call.Node.Name}/{body.Arguments[i].Name}", [type], [type], [argument], call.Order);
                foreach (var control in call.Controls)
                    identity.AddControl(control);
                argument = new PlanValue(identity, 0);
            }
            arguments[body.Arguments[i][0]] = argument;
        }
        IEnumerable<Node> targets = body.ControlResults;
        if (isLegacy)
            targets = targets.Concat(body.Graph.Nodes.Where(n => n.Op != "_Arg" && (n.Definition?.IsStateful ?? false)));
        var copies = graph.Copy(body.Results, targets.Distinct(), v => arguments.TryGetValue(v, out var a) ? a : null);
        foreach (var copy in copies.All)
        {
            depth[copy] = path;
            if (copy.IsStateful || (copy.Inputs.Length == 0 && copy.Controls.Count == 0 && call.Controls.Count > 0))
                copy.AddControl(before);
        }
        var results = body.Results.Select(copies.Value).ToArray();
        var effects = targets.Select(copies.Node).Distinct().ToList();
        if (effects.Count > 0)
        {
            // Who uses a result alone has the effects too.
            for (var i = 0; i < call.Node.OutputTypes.Count; i++)
            {
                var type = call.Node.OutputTypes[i];
                var identity = graph.Add("Identity", $"{call.Node.Name}/result_{i}", [type], [type], [results[i]], call.Order);
                foreach (var e in effects)
                    identity.AddControl(e);
                results[i] = new PlanValue(identity, 0);
            }
        }
        var after = graph.Add("NoOp", call.Node.Name + "/after", [], [], [], call.Order);
        foreach (var r in results)
            after.AddControl(r.Node);
        foreach (var t in targets)
            after.AddControl(copies.Node(t));
        after.AddControl(before);
        // Whoever uses a result has called the function: the effects happen even if nobody waits for them.
        if (targets.Any())
        {
            for (var i = 0; i < results.Length; i++)
                results[i] = After(graph, call, results[i], targets.Select(copies.Node));
        }
        graph.Replace(v => ReferenceEquals(v.Node, call) ? results[v.Index] : v, n => ReferenceEquals(n, call) ? after : n);
    }

    private static PlanValue After(PlanGraph graph, PlanNode call, PlanValue result, IEnumerable<PlanNode> effects)
    {
        var type = result.Node.Feed >= 0 ? result.Node.Node.OutputTypes[0] : result.Node.Node.OutputTypes[result.Index];
        var identity = graph.Add("Identity", $"{call.Node.Name}/result", [type], [type], [result], call.Order);
        foreach (var effect in effects)
            identity.AddControl(effect);
        return new PlanValue(identity, 0);
    }
}
