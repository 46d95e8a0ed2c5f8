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
            inputs.Add(g.OutputGradient(i));
        var types = Enumerable.Range(0, g.InputCount).Select(i => g.Input(i).Type.Base()).ToArray();
        // The gradient of a resource is of the type of the values behind it, which only the body knows.
        if (types.Contains(DType.Resource))
        {
            var body = MakeBody(g.Graph, function);
            for (var i = 0; i < types.Length; i++)
                types[i] = types[i] == DType.Resource ? body.Results[i].Type.Base() : types[i];
        }
        var node = g.NewNode("SymbolicGradient").Input(inputs).Attr("Tout", AttrValue.List(types)).Attr("f", AttrValue.Of(function)).Build();
        return [.. types.Select((t, i) => t.IsFloating() || t.IsComplex() ? Gradient.Dense(node[i]) : null)];
    }

    /// <summary>The gradient function of a function: zeros where no gradient flows.</summary>
    internal static FunctionBody MakeBody(Graph caller, FunctionReference function) => FunctionBody.Instantiate(caller, function).Differentiate().Body;
}
