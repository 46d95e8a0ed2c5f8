using Engine.OpModel;

namespace Engine.Graphs;

/// <summary>Gradients through function calls, by way of <c>SymbolicGradient</c>: a function's gradient function takes its arguments and the gradients of its results.</summary>
public static class FunctionGradients
{
    /// <summary>The gradients of a call's arguments.</summary>
    /// <param name="g">The call.</param>
    /// <param name="function">The called function.</param>
    public static Gradient?[] OfCall(GradientContext g, FunctionReference function)
    {
        var inputs = new List<Value>();
        for (var i = 0; i < g.InputCount; i++)
            inputs.Add(g.Input(i));
        for (var i = 0; i < g.OutputCount; i++)
            inputs.Add(OfResult(g, i));
        var types = Enumerable.Range(0, g.InputCount).Select(i => g.Input(i).Type.Base()).ToArray();
        // The gradient of a resource is of the type of the values behind it, which only the body knows.
        if (types.Contains(DType.Resource))
            types = [.. Describe(g.Graph, function).Select(a => a.GradientType)];
        var node = g.NewNode("SymbolicGradient").Input(inputs).Attr("Tout", AttrValue.List(types)).Attr("f", AttrValue.Of(function)).Build();
        return [.. types.Select((t, i) => IsTrainable(t) ? Gradient.Dense(node[i]) : null)];
    }

    /// <summary>Whether tensors of a type have gradients: floats, complex numbers, and lists of them.</summary>
    public static bool IsTrainable(DType type) => type.IsFloating() || type.IsComplex() || type == DType.Variant;

    /// <summary>The gradient of a result of a call, as <c>SymbolicGradient</c> takes it: for a handle, whatever is of its type.</summary>
    public static Value OfResult(GradientContext g, int index) => g.Output(index).Type.Base() == DType.Resource ? g.Output(index) : g.OutputGradient(index);

    /// <summary>What a function's gradient does with each argument.</summary>
    /// <exception cref="EngineException">NOT_FOUND when an op of the function has no gradient.</exception>
    public static (DType GradientType, bool IsConnected, bool IsPassed)[] Describe(Graph graph, FunctionReference function)
    {
        var forward = FunctionBody.Instantiate(graph, function);
        var isPassed = new bool[forward.Arguments.Length];
        for (var i = 0; i < isPassed.Length && i < forward.Results.Length; i++)
            isPassed[i] = ReferenceEquals(Source(forward.Results[i]).Node, forward.Arguments[i]);
        var (gradient, isConnected) = forward.Differentiate();
        return [.. isConnected.Select((c, i) => (gradient.Results[i].Type.Base(), c, isPassed[i]))];
    }

    /// <summary>The gradient function of a function: zeros where no gradient flows.</summary>
    internal static FunctionBody MakeBody(Graph caller, FunctionReference function) => FunctionBody.Instantiate(caller, function).Differentiate().Body;

    private static Value Source(Value value)
    {
        while (value.Node.Op == "Identity")
            value = value.Node.Inputs[0];
        return value;
    }
}
