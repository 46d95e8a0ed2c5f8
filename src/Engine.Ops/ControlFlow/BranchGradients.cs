using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.ControlFlow;

/// <summary>
/// Gradients of conditionals that call functions: the same conditional over the gradient functions of the branches, which compute the forward values they need
/// again. An argument that only an untaken branch uses has gradient zero, one that no branch uses has none.
/// </summary>
internal static class BranchGradients
{
    /// <param name="g">The conditional; input 0 decides, the others are the branches' arguments.</param>
    /// <param name="branches">The functions.</param>
    /// <param name="set">Sets the functions of the gradient's node.</param>
    internal static Gradient?[] Of(GradientContext g, FunctionReference[] branches, Func<NodeBuilder, FunctionReference[], NodeBuilder> set)
    {
        var described = Array.ConvertAll(branches, b => FunctionGradients.Describe(g.Graph, b));
        var arguments = Enumerable.Range(1, g.InputCount - 1).Select(g.Input).ToArray();
        var types = new DType[arguments.Length];
        for (var i = 0; i < types.Length; i++)
        {
            foreach (var branch in described)
            {
                if (branch[i].IsConnected && FunctionGradients.IsTrainable(branch[i].GradientType))
                    types[i] = branch[i].GradientType;
            }
        }
        var gradients = new Gradient?[g.InputCount];
        var wanted = types.Where(t => t != DType.Invalid).ToArray();
        if (wanted.Length == 0)
            return gradients;
        var results = Enumerable.Range(0, g.OutputCount).Select(i => FunctionGradients.OfResult(g, i)).ToArray();
        var functions = branches.Select((b, i) => Make(g, b, [.. described[i].Select(d => d.IsConnected)], arguments, results, types)).ToArray();
        var node = set(g.NewNode(g.Node.Op).Input(g.Input(0)).Input([.. arguments, .. results]).Attr("Tout", AttrValue.List(wanted)), functions).Build();
        var next = 0;
        for (var i = 0; i < types.Length; i++)
        {
            if (types[i] != DType.Invalid)
                gradients[i + 1] = node[next++];
        }
        return gradients;
    }

    private static FunctionReference Make(GradientContext g, FunctionReference branch, bool[] isConnected, Value[] arguments, Value[] results, DType[] types)
    {
        var f = new FunctionBuilder(g.Graph);
        var inputs = arguments.Concat(results).Select(v => f.Argument(v.Type.Base())).ToArray();
        // What does not depend on an argument has no gradient of a useful type there.
        var all = arguments.Select((a, i) => types[i] != DType.Invalid && isConnected[i] ? types[i] : a.Type.Base() == DType.Resource ? DType.Float32 : a.Type.Base()).ToArray();
        var node = isConnected.Where((c, i) => c && types[i] != DType.Invalid).Any()
            ? f.NewNode("SymbolicGradient").Input(inputs).Attr("Tout", AttrValue.List(all)).Attr("f", AttrValue.Of(branch)).Build()
            : null;
        var outputs = new List<Value>();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (types[i] != DType.Invalid)
                outputs.Add(isConnected[i] ? node![i] : ZerosOf(f, inputs[i], types[i]));
        }
        return f.Build($"__gradient_of_{branch.Name}", outputs);
    }

    /// <summary>Zeros like a value, or like what is behind a handle.</summary>
    internal static Value ZerosOf(IGraphBuilder graph, Value value, DType type)
    {
        if (value.Type.Base() != DType.Resource)
            return graph.NewNode("ZerosLike").Input(value).Build()[0];
        var zero = graph.NewNode("Const").Attr("dtype", type).Attr("value", AttrValue.Of(ScalarTensors.Make(0, type))).Build()[0];
        return graph.NewNode("Fill").Input(graph.NewNode("VariableShape").Input(value).Build()[0]).Input(zero).Build()[0];
    }
}
