using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.ControlFlow;

/// <summary>
/// The gradient of a loop that calls functions. The loop runs again, keeping the variables of each iteration in lists (what the body passes on unchanged is kept
/// once); then a second loop goes back through them, from the gradients of an iteration's results to those of its variables.
/// </summary>
internal sealed class WhileGradient
{
    private readonly GradientContext g;
    private readonly FunctionReference condition;
    private readonly FunctionReference body;
    private readonly (DType GradientType, bool IsConnected, bool IsPassed)[] described;
    private readonly DType[] types;
    private readonly int[] kept;
    private readonly int[] trained;
    private readonly int[] read;

    internal WhileGradient(GradientContext g, FunctionReference condition, FunctionReference body)
    {
        this.g = g;
        this.condition = condition;
        this.body = body;
        described = FunctionGradients.Describe(g.Graph, body);
        types = [.. Enumerable.Range(0, g.InputCount).Select(i => g.Input(i).Type.Base())];
        var all = Enumerable.Range(0, types.Length).ToArray();
        kept = [.. all.Where(i => types[i] != DType.Resource && !described[i].IsPassed)];
        trained = [.. all.Where(i => FunctionGradients.IsTrainable(types[i]))];
        read = [.. all.Where(i => types[i] == DType.Resource && described[i].IsConnected && FunctionGradients.IsTrainable(described[i].GradientType))];
    }

    internal Gradient?[] Build()
    {
        var gradients = new Gradient?[types.Length];
        if (trained.Length + read.Length == 0)
            return gradients;
        var (count, lists) = Replay();
        var zero = g.Constant(Tensor.Scalar(0));
        var variables = new List<Value> { count };
        variables.AddRange(trained.Select(g.OutputGradient));
        variables.AddRange(read.Select(i => BranchGradients.ZerosOf(g, g.Input(i), described[i].GradientType)));
        variables.AddRange(lists);
        variables.AddRange(NotKept().Select(g.Input));
        var variableTypes = variables.Select(v => v.Type.Base()).ToArray();
        var back = Loop(variables, Condition(variableTypes), Backwards(variableTypes));
        for (var i = 0; i < trained.Length; i++)
            gradients[trained[i]] = IsConnected(trained[i]) ? back[1 + i] : null;
        for (var i = 0; i < read.Length; i++)
            gradients[read[i]] = back[1 + trained.Length + i];
        return gradients;
    }

    // A variable that nothing depends on, not even the next iteration, has no gradient.
    private bool IsConnected(int variable) => described[variable].IsConnected || g.OutputGradientOrNull(variable) is not null;

    private IEnumerable<int> NotKept() => Enumerable.Range(0, types.Length).Except(kept);

    private Node Loop(List<Value> variables, FunctionReference loopCondition, FunctionReference loopBody) => g.NewNode(g.Node.Op)
        .Input(variables).Attr("cond", AttrValue.Of(loopCondition)).Attr("body", AttrValue.Of(loopBody)).Build();

    private Node Call(IGraphBuilder graph, FunctionReference function, Value[] arguments, DType[] results)
        => graph.NewNode(g.Node.Op.StartsWith("Stateless", StringComparison.Ordinal) ? "PartitionedCall" : "StatefulPartitionedCall")
            .Input(arguments).Attr("Tout", AttrValue.List(results)).Attr("f", AttrValue.Of(function)).Build();

    /// <summary>Runs the loop again: how many iterations it takes, and a list for each kept variable.</summary>
    private (Value Count, Value[] Lists) Replay()
    {
        DType[] all = [.. types, DType.Int32, .. kept.Select(_ => DType.Variant)];
        var test = new FunctionBuilder(g.Graph);
        var arguments = all.Select(test.Argument).ToArray();
        var replayCondition = test.Build($"__replay_{condition.Name}", [Call(test, condition, arguments[..types.Length], [DType.Bool])[0]]);

        var step = new FunctionBuilder(g.Graph);
        arguments = [.. all.Select(step.Argument)];
        var call = Call(step, body, arguments[..types.Length], types);
        var results = Enumerable.Range(0, types.Length).Select(i => call[i]).ToList();
        results.Add(arguments[types.Length] + step.Constant(Tensor.Scalar(1)));
        for (var i = 0; i < kept.Length; i++)
            results.Add(step.NewNode("TensorListPushBack").Input(arguments[types.Length + 1 + i]).Input(arguments[kept[i]]).Build()[0]);
        var replayBody = step.Build($"__replay_{body.Name}", results);

        var variables = Enumerable.Range(0, types.Length).Select(g.Input).Append(g.Constant(Tensor.Scalar(0))).ToList();
        foreach (var i in kept)
        {
            variables.Add(g.NewNode("EmptyTensorList").Input(g.Constant(Tensor.Scalar(-1))).Input(g.Constant(Tensor.Scalar(-1)))
                .Attr("element_dtype", types[i]).Build()[0]);
        }
        var loop = Loop(variables, replayCondition, replayBody);
        return (loop[types.Length], [.. kept.Select((_, i) => loop[types.Length + 1 + i])]);
    }

    private FunctionReference Condition(DType[] variableTypes)
    {
        var f = new FunctionBuilder(g.Graph);
        var arguments = variableTypes.Select(f.Argument).ToArray();
        return f.Build($"__back_condition_of_{body.Name}", [f.NewNode("Greater").Input(arguments[0]).Input(f.Constant(Tensor.Scalar(0))).Build()[0]]);
    }

    private FunctionReference Backwards(DType[] variableTypes)
    {
        var f = new FunctionBuilder(g.Graph);
        var arguments = variableTypes.Select(f.Argument).ToArray();
        var results = (Value[])arguments.Clone();
        results[0] = arguments[0] - f.Constant(Tensor.Scalar(1));
        var lists = 1 + trained.Length + read.Length;
        var values = new Value[types.Length];
        for (var i = 0; i < kept.Length; i++)
        {
            var pop = f.NewNode("TensorListPopBack").Input(arguments[lists + i]).Input(f.Constant(Tensor.Scalar(-1))).Attr("element_dtype", types[kept[i]]).Build();
            results[lists + i] = pop[0];
            values[kept[i]] = pop[1];
        }
        var next = lists + kept.Length;
        foreach (var i in NotKept())
            values[i] = arguments[next++];
        var gradients = new Value[types.Length];
        for (var i = 0; i < types.Length; i++)
        {
            var at = Array.IndexOf(trained, i);
            gradients[i] = at >= 0 ? arguments[1 + at] : types[i] == DType.Resource ? values[i] : f.NewNode("ZerosLike").Input(values[i]).Build()[0];
        }
        var node = f.NewNode("SymbolicGradient").Input([.. values, .. gradients]).Attr("Tout", AttrValue.List([.. described.Select(d => d.GradientType)]))
            .Attr("f", AttrValue.Of(body)).Build();
        for (var i = 0; i < trained.Length; i++)
            results[1 + i] = node[trained[i]];
        for (var i = 0; i < read.Length; i++)
            results[1 + trained.Length + i] = arguments[1 + trained.Length + i] + node[read[i]];
        return f.Build($"__back_of_{body.Name}", results);
    }
}
