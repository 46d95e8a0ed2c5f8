using Engine.Graphs;

namespace Engine.Ops.ControlFlow;

/// <summary>A value in a function's body: output <paramref name="Index"/> of a node, or an argument.</summary>
internal readonly record struct LoopValue(NodeDef? Node, int Argument, int Index)
{
    internal string Op => Node?.Op ?? "";
}

/// <summary>The body or the condition of a loop as it is written, for those who look for something in it. Identities are looked through.</summary>
internal sealed class LoopFunction
{
    private readonly FunctionDefinition function;
    private readonly Dictionary<string, NodeDef> nodes = [];
    private readonly Dictionary<string, int> arguments = [];

    internal LoopFunction(FunctionDefinition function)
    {
        this.function = function;
        foreach (var node in function.Nodes)
            nodes[node.Name] = node;
        for (var i = 0; i < function.Signature.Inputs.Length; i++)
            arguments[function.Signature.Inputs[i].Name] = i;
    }

    internal int ArgumentCount => function.Signature.Inputs.Length;

    internal int ResultCount => function.Signature.Outputs.Length;

    /// <summary>Whether all nodes are of ops that only compute.</summary>
    internal bool HasOnly(HashSet<string> ops) => function.Nodes.All(n => ops.Contains(n.Op));

    /// <summary>A result.</summary>
    internal LoopValue? Result(int index) => function.Returns.TryGetValue(function.Signature.Outputs[index].Name, out var name) ? Find(name) : null;

    /// <summary>An input of the node that makes a value.</summary>
    internal LoopValue? Input(LoopValue value, int index) => value.Node is { } node && index < node.Inputs.Count ? Find(node.Inputs[index]) : null;

    /// <summary>Both inputs of a node of this op, in both orders.</summary>
    internal IEnumerable<(LoopValue X, LoopValue Y)> Pairs(LoopValue value, string op)
    {
        if ((value.Op == op || (op == "AddV2" && value.Op == "Add")) && Input(value, 0) is { } x && Input(value, 1) is { } y)
        {
            yield return (x, y);
            yield return (y, x);
        }
    }

    /// <summary>The input of a node of this op.</summary>
    internal LoopValue? Of(LoopValue value, string op) => value.Op == op ? Input(value, 0) : null;

    /// <summary>The value of a constant.</summary>
    internal static Tensor? Constant(LoopValue? value) => value is { Op: "Const" } v ? v.Node!.Attrs["value"].AsTensor() : null;

    private LoopValue? Find(string name)
    {
        for (var depth = 0; depth < 64; depth++)
        {
            if (name.StartsWith('^'))
                return null;
            if (arguments.TryGetValue(name, out var argument))
                return new(null, argument, 0);
            var parts = name.Split(':');
            if (!nodes.TryGetValue(parts[0], out var node))
                return null;
            if (node.Op == "Identity")
            {
                name = node.Inputs[0];
                continue;
            }
            return new(node, -1, parts.Length > 2 && int.TryParse(parts[2], out var index) ? index : 0);
        }
        return null;
    }
}
