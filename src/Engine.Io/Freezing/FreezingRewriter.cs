using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Io.Freezing;

/// <summary>
/// Replaces variables by constants. Where a handle went a value goes now: through the ops that hand it on, into functions (of which a copy is made per set of
/// such arguments), down to the ops that read it, which become plain ops.
/// </summary>
internal sealed class FreezingRewriter(Graph graph, IReadOnlyDictionary<string, Tensor> values)
{
    private readonly Dictionary<string, (FunctionDefinition Function, DType[] Results)> copies = [];
    private readonly Dictionary<string, FunctionDefinition> made = [];
    private readonly HashSet<string> underway = [];

    internal GraphDef Rewrite(GraphDef def)
    {
        var names = new OutputNames(graph, Signature, inFunction: false);
        var frozen = new Dictionary<string, DType>();
        foreach (var (name, value) in values)
            frozen[name + ":0"] = value.Type;
        var nodes = Rewrite([.. def.Nodes.Select(n => values.TryGetValue(n.Name, out var value) ? FrozenNode.Constant(n.Name, n.Device, value) : n)], names, frozen);
        return GraphPruning.With(def, nodes, [.. def.Functions, .. made.Values]);
    }

    private OpDefinition? Signature(string function) => made.GetValueOrDefault(function)?.Signature ?? graph.Library.Find(function)?.Signature;

    private List<NodeDef> Rewrite(IReadOnlyList<NodeDef> nodes, OutputNames names, Dictionary<string, DType> frozen)
    {
        // Nodes need not be in order, and loops lead back: pass until nothing new is frozen.
        var calls = new Dictionary<string, CallRewrite>();
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var node in nodes)
            {
                var inputs = Frozen(node, names, frozen);
                if (inputs.All(t => t == DType.Invalid))
                    continue;
                var outputs = names.Of(node);
                foreach (var (output, type) in outputs.Zip(HandedOn(node, inputs, outputs.Length, calls)))
                    changed |= type != DType.Invalid && frozen.TryAdd(output, type);
            }
        }
        var renamed = new Dictionary<string, string>();
        var result = new List<NodeDef>();
        foreach (var node in nodes)
        {
            var inputs = Frozen(node, names, frozen);
            if (inputs.All(t => t == DType.Invalid))
                result.Add(node);
            else if (calls.TryGetValue(node.Name, out var call))
                result.Add(call.Apply(node));
            else
                FrozenReads.Rewrite(node, inputs, names, result, renamed);
        }
        return renamed.Count == 0 ? result : [.. result.Select(n => FrozenNode.With(n, inputs: [.. n.Inputs.Select(i => renamed.GetValueOrDefault(i, i))]))];
    }

    private static DType[] Frozen(NodeDef node, OutputNames names, Dictionary<string, DType> frozen)
        => [.. node.Inputs.Where(i => !i.StartsWith('^')).Select(i => frozen.GetValueOrDefault(names.Canonical(i)))];

    // The types of the outputs that carry a value now where they carried a handle.
    private DType[] HandedOn(NodeDef node, DType[] inputs, int outputs, Dictionary<string, CallRewrite> calls)
    {
        switch (node.Op)
        {
            case "Identity" or "RefIdentity" or "Enter" or "RefEnter" or "Exit" or "RefExit" or "NextIteration" or "RefNextIteration" or "Switch" or "RefSwitch":
                return IsHandle(node, "T") ? [.. Enumerable.Repeat(inputs[0], outputs)] : [];
            case "Merge" or "RefMerge":
                return IsHandle(node, "T") ? [inputs.First(t => t != DType.Invalid)] : [];
            case "IdentityN":
                return [.. inputs.Select((t, i) => node.Attrs["T"].AsTypes()[i] == DType.Resource ? t : DType.Invalid)];
        }
        if (CallRewrite.Of(node, graph) is not { } call)
            return [];
        call.Specialise(inputs, (function, arguments) => Copy(function, arguments));
        calls[node.Name] = call;
        return call.Results;
    }

    private static bool IsHandle(NodeDef node, string attr) => node.Attrs.TryGetValue(attr, out var type) && type.Kind == AttrKind.Type && type.AsType() == DType.Resource;

    private (string Name, DType[] Results) Copy(string name, DType[] arguments)
    {
        var original = made.GetValueOrDefault(name) ?? graph.Library.Find(name) ?? throw EngineException.NotFound($"There is no function '{name}'.");
        if (arguments.All(t => t == DType.Invalid))
            return (name, new DType[original.Signature.Outputs.Length]);
        var key = $"{name}({string.Join(',', arguments)})";
        if (copies.TryGetValue(key, out var known))
            return (known.Function.Name, known.Results);
        if (!underway.Add(key))
            throw EngineException.Unimplemented($"Function '{name}' calls itself with a variable; such graphs cannot be frozen.");
        var args = original.Signature.Inputs;
        if (args.Length != arguments.Length || args.Any(a => a.NumberAttr.Length + a.TypeListAttr.Length > 0))
            throw EngineException.Unimplemented($"Function '{name}' takes lists of tensors; such graphs cannot be frozen.");
        var names = new OutputNames(graph, Signature, inFunction: true);
        var frozen = new Dictionary<string, DType>();
        for (var i = 0; i < args.Length; i++)
        {
            if (arguments[i] != DType.Invalid)
                frozen[args[i].Name] = arguments[i];
        }
        var nodes = Rewrite(original.Nodes, names, frozen);
        var results = original.Signature.Outputs.Select(o => frozen.GetValueOrDefault(names.Canonical(original.Returns[o.Name]))).ToArray();
        var renames = nodes.Where(n => n.Op == "Identity").ToDictionary(n => n.Name + ":value:0", n => n.Name + ":output:0");
        var number = 0;
        string copyName;
        do
        {
            copyName = $"{name}_frozen{(number == 0 ? "" : $"_{number}")}";
            number++;
        }
        while (graph.Library.Find(copyName) is not null || made.ContainsKey(copyName));
        var copy = new FunctionDefinition
        {
            Signature = original.Signature with
            {
                Name = copyName,
                Inputs = [.. args.Select((a, i) => arguments[i] == DType.Invalid ? a : a with { Type = arguments[i], HandleData = [], FullType = default })],
                Outputs = [.. original.Signature.Outputs.Select((o, i) => results[i] == DType.Invalid ? o : o with { Type = results[i], HandleData = [], FullType = default })],
            },
            Nodes = nodes,
            Returns = original.Returns.ToDictionary(r => r.Key, r => renames.GetValueOrDefault(r.Value, r.Value)),
            ControlReturns = original.ControlReturns,
            Attrs = original.Attrs.Where(a => a.Key != "_input_shapes").ToDictionary(),
            ArgAttrs = original.ArgAttrs.ToDictionary(a => a.Key, IReadOnlyDictionary<string, AttrValue> (a) => a.Value.Where(v => v.Key != "_output_shapes").ToDictionary()),
        };
        made[copyName] = copy;
        copies[key] = (copy, results);
        underway.Remove(key);
        return (copyName, results);
    }
}
