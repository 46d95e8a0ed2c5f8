using Engine.OpModel;

namespace Engine.Graphs;

/// <summary>A function with its attributes put in: a graph with argument nodes and result values.</summary>
internal sealed class FunctionBody
{
    private FunctionBody(Graph graph, Node[] arguments, Value[] results, Node[] controlResults)
    {
        Graph = graph;
        Arguments = arguments;
        Results = results;
        ControlResults = controlResults;
    }

    internal Graph Graph { get; }

    /// <summary>Nodes of op <c>_Arg</c>, one per tensor.</summary>
    internal Node[] Arguments { get; }

    internal Value[] Results { get; }

    internal Node[] ControlResults { get; }

    /// <exception cref="EngineException">INVALID_ARGUMENT when the body refers to what it does not have.</exception>
    internal static FunctionBody Instantiate(Graph caller, FunctionDefinition function, IReadOnlyDictionary<string, AttrValue> attrs)
        => new Instantiation(caller, function, attrs).Run();

    /// <exception cref="EngineException">INVALID_ARGUMENT when the library does not have the function.</exception>
    internal static FunctionBody Instantiate(Graph caller, FunctionReference reference)
        => Instantiate(caller, caller.Library.Find(reference.Name) ?? throw EngineException.InvalidArgument($"Failed to find function \"{reference.Name}\" in function library."), reference.Attrs);

    /// <summary>
    /// The body's gradient: takes the arguments and the gradients of all results, and gives the gradients of the arguments, null where none flows.
    /// It is built on this body's graph, which then belongs to it.
    /// </summary>
    internal (FunctionBody Body, bool[] IsConnected) Differentiate()
    {
        var arguments = new List<Node>(Arguments);
        foreach (var result in Results)
        {
            var attrs = new Dictionary<string, AttrValue> { ["T"] = AttrValue.Of(result.Type.Base()), ["index"] = AttrValue.Of((long)arguments.Count) };
            arguments.Add(Graph.Add(Graph.UniqueName("gradient"), "_Arg", OpDefinitions.Find("_Arg"), attrs, [], [], ""));
        }
        // What is behind a returned handle is no result: its gradient comes from where it is read.
        var values = Enumerable.Range(0, Results.Length).Where(i => Results[i].Type.Base() != DType.Resource).ToArray();
        var gradients = Gradients.Add([.. values.Select(i => Results[i])], [.. Arguments.Select(a => a[0])],
            [.. values.Select(i => (Value?)arguments[Arguments.Length + i][0])]);
        var results = gradients.Select((g, i) => g is null ? Zeros(Arguments[i][0]) : Gradients.ToDense(Graph, g)).ToArray();
        return (new(Graph, [.. arguments], results, []), [.. gradients.Select(g => g is not null)]);
    }

    private Value Zeros(Value argument) => argument.Type.Base() == DType.Resource
        ? Graph.NewNode("Const").Attr("dtype", DType.Float32).Attr("value", AttrValue.Of(Tensor.Scalar(0f))).Build()[0]
        : Graph.NewNode("ZerosLike").Input(argument).Build()[0];

    private sealed class Instantiation(Graph caller, FunctionDefinition function, IReadOnlyDictionary<string, AttrValue> given)
    {
        private readonly Graph graph = new(caller.Registry, caller.Library) { Versions = caller.Versions };
        private readonly Dictionary<string, Value[]> arguments = [];
        private IReadOnlyDictionary<string, AttrValue> attrs = new Dictionary<string, AttrValue>();

        internal FunctionBody Run()
        {
            attrs = AttributeCompletion.Complete(function.Name, function.Signature, given);
            var argumentNodes = AddArguments();
            foreach (var def in function.Nodes)
            {
                var name = def.Name;
                graph.Register(NodeImport.Create(graph, def, name, Substitute(def.Attrs), $"{function.Name}/{name}", 0));
            }
            foreach (var def in function.Nodes)
                Connect(def);
            var results = new List<Value>();
            foreach (var result in function.Signature.Outputs)
            {
                if (!function.Returns.TryGetValue(result.Name, out var source))
                    throw EngineException.InvalidArgument($"Return {result.Name} missing in function {function.Name}.");
                results.AddRange(ResultValues(result, source));
            }
            var controls = function.ControlReturns.Values.Select(n => graph.Find(n) ?? throw EngineException.InvalidArgument($"Control return {n} is not in function {function.Name}.")).ToArray();
            return new(graph, argumentNodes, [.. results], controls);
        }

        private Node[] AddArguments()
        {
            var nodes = new List<Node>();
            var signature = NodeSignature.Resolve(function.Name, function.Signature, attrs);
            var index = 0;
            for (var a = 0; a < function.Signature.Inputs.Length; a++)
            {
                var arg = function.Signature.Inputs[a];
                var (start, count) = signature.Input(arg.Name).GetOffsetAndLength(signature.InputTypes.Length);
                var isList = arg.NumberAttr.Length > 0 || arg.TypeListAttr.Length > 0;
                var values = new Value[count];
                for (var i = 0; i < count; i++)
                {
                    var type = signature.InputTypes[start + i];
                    var argAttrs = new Dictionary<string, AttrValue> { ["T"] = AttrValue.Of(type.Base()), ["index"] = AttrValue.Of((long)index++) };
                    var node = graph.Add(isList ? $"{arg.Name}_{i}" : arg.Name, "_Arg", OpDefinitions.Find("_Arg"), argAttrs, [], [], "");
                    nodes.Add(node);
                    values[i] = node[0];
                }
                arguments[arg.Name] = values;
            }
            return [.. nodes];
        }

        private void Connect(NodeDef def)
        {
            var node = graph.Find(def.Name)!;
            var inputs = new List<Value>(def.Inputs.Count);
            foreach (var name in def.Inputs)
            {
                if (TensorName.IsControl(name))
                {
                    var control = name[1..];
                    if (graph.Find(control) is { } before)
                        node.AddControlInput(before);
                    else if (!arguments.ContainsKey(control))
                        throw EngineException.InvalidArgument($"input {name} is not found: In node {def.Name} of function {function.Name}").At(def.Name, def.Op);
                    continue;
                }
                inputs.AddRange(InputValues(name, def));
            }
            node.SetInputs([.. inputs]);
            Graph.CheckInputs(node);
        }

        // "arg", "arg:1", "node", "node:out", "node:out:1". A name without an index stands for all tensors of a list.
        private Value[] InputValues(string name, NodeDef? user)
        {
            var parts = name.Split(':');
            if (arguments.TryGetValue(parts[0], out var argument))
            {
                if (parts.Length == 1)
                    return argument;
                if (parts.Length == 2 && int.TryParse(parts[1], out var i) && i >= 0 && i < argument.Length)
                    return [argument[i]];
            }
            else if (graph.Find(parts[0]) is { } node)
            {
                if (node.Signature is null)
                    return [node[parts.Length > 2 && int.TryParse(parts[2], out var u) ? u : 0]];
                if (parts.Length == 1)
                    return [node[0]];
                var range = parts.Length >= 2 && node.Signature.Output(parts[1]) is { } r ? r : (Range?)null;
                if (range is null && parts.Length == 2 && int.TryParse(parts[1], out var plain) && plain >= 0 && plain < node.OutputTypes.Count)
                    return [node[plain]];
                if (range is { } outputs)
                {
                    var (start, count) = outputs.GetOffsetAndLength(node.OutputTypes.Count);
                    if (parts.Length == 2)
                        return [.. Enumerable.Range(start, count).Select(k => node[k])];
                    if (int.TryParse(parts[2], out var k) && k >= 0 && k < count)
                        return [node[start + k]];
                }
            }
            throw EngineException.InvalidArgument(user is null
                ? $"Return -> {name} is not found in function {function.Name}."
                : $"input {name} is not found: In node {user.Name} of function {function.Name}");
        }

        private Value[] ResultValues(ArgDefinition result, string source)
        {
            var values = InputValues(source, null);
            return result.NumberAttr.Length == 0 && result.TypeListAttr.Length == 0 && values.Length > 1 ? [values[0]] : values;
        }

        private Dictionary<string, AttrValue> Substitute(IReadOnlyDictionary<string, AttrValue> nodeAttrs)
            => nodeAttrs.ToDictionary(a => a.Key, a => Substitute(a.Value));

        private AttrValue Substitute(AttrValue value) => value.Kind switch
        {
            AttrKind.Placeholder => attrs.TryGetValue(value.AsPlaceholder(), out var v)
                ? v
                : throw EngineException.InvalidArgument($"Failed to bind all placeholders: '{value.AsPlaceholder()}' in function {function.Name}."),
            AttrKind.Func => AttrValue.Of(new FunctionReference(value.AsFunction().Name, Substitute(value.AsFunction().Attrs))),
            AttrKind.List when value.ElementKind is AttrKind.Placeholder or AttrKind.Func => AttrValue.ListOf([.. value.AsList().Select(Substitute)]),
            _ => value,
        };
    }
}
