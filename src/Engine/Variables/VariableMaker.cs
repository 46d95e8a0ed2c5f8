using Engine.Graphs;

namespace Engine.Variables;

/// <summary>Adds the nodes of a variable, with the names TensorFlow gives them.</summary>
internal sealed class VariableMaker(Graph graph)
{
    internal required DType Type { get; init; }

    internal required bool UseResource { get; init; }

    internal bool? Trainable { get; init; }

    internal IEnumerable<string>? Collections { get; init; }

    internal SaveSlice? Slice { get; init; }

    internal VariableSynchronization Synchronization { get; init; }

    internal VariableAggregation Aggregation { get; init; }

    /// <summary>A variable with an initializer of its own, whose nodes are bound to the variable.</summary>
    internal GraphVariable FromInitializer(string name, Shape shape, Initializer initializer)
    {
        using var top = graph.NameScope("");
        using var free = graph.ClearControlDependencies();
        name = graph.UniqueName(name);
        using var scope = graph.NameScope(name + "/");
        Value value;
        using (graph.NameScope("Initializer"))
            value = initializer.Build(new InitializerTarget(graph, name, Type, shape, Slice));
        return Make(name, shape, value, bound: true);
    }

    /// <summary>A variable that starts as a value of the graph.</summary>
    internal GraphVariable FromValue(string name, Value value)
    {
        name = graph.UniqueName(name);
        using var free = graph.ClearControlDependencies();
        using var scope = graph.NameScope(name + "/");
        return Make(name, value.Shape, value, bound: false);
    }

    /// <summary>A variable that starts as a constant.</summary>
    internal GraphVariable FromTensor(string name, Tensor tensor)
    {
        name = graph.UniqueName(name);
        using var free = graph.ClearControlDependencies();
        using var scope = graph.NameScope(name + "/");
        if (!UseResource)
            return Make(name, tensor.Shape, graph.Constant(tensor, "initial_value"), bound: false);
        Value value;
        using (graph.NameScope("Initializer"))
            value = new Colocation(graph, name, "").Constant(tensor, "initial_value");
        return Make(name, tensor.Shape, value, bound: true);
    }

    private GraphVariable Make(string name, PartialShape shape, Value value, bool bound)
    {
        var variable = UseResource ? MakeResource(name, shape, value) : MakeReference(name, shape, value, bound);
        var keys = new List<string>(Collections ?? [GraphKeys.GlobalVariables]);
        if (variable.Trainable && !keys.Contains(GraphKeys.TrainableVariables))
            keys.Add(GraphKeys.TrainableVariables);
        graph.Collections.AddOnce(keys, variable);
        return variable;
    }

    private GraphVariable MakeReference(string name, PartialShape shape, Value value, bool bound)
    {
        var place = new Colocation(graph, name);
        var node = (bound ? place.NewNode("VariableV2", name + "/") : graph.NewNode("VariableV2", name + "/"))
            .Attr("dtype", Type).Attr("shape", AttrValue.Of(shape)).Build();
        var assign = place.NewNode("Assign").Input(node[0]).Input(value)
            .Attr("use_locking", true).Attr("validate_shape", shape.IsFullyKnown).Build();
        return Variable(node, assign, place.NewNode("Identity", "read").Input(node[0]).Build()[0], value);
    }

    private GraphVariable MakeResource(string name, PartialShape shape, Value value)
    {
        var node = new Colocation(graph, name).NewNode("VarHandleOp", name + "/")
            .Attr("dtype", Type).Attr("shape", AttrValue.Of(shape)).Attr("shared_name", name).Attr("debug_name", name + "/").Build();
        using (graph.NameScope("IsInitialized"))
            graph.NewNode("VarIsInitializedOp").Input(node[0]).Build();
        var assign = graph.NewNode("AssignVariableOp", "Assign").Input(node[0]).Input(value).Attr("validate_shape", false).Build();
        using (graph.NameScope("Read"))
            return Variable(node, assign, graph.NewNode("ReadVariableOp").Input(node[0]).Attr("dtype", Type).Build()[0], value);
    }

    private GraphVariable Variable(Node node, Node assign, Value snapshot, Value initial) => new(node, assign, snapshot)
    {
        InitialValue = initial,
        Slice = Slice,
        Trainable = Trainable ?? Synchronization != VariableSynchronization.OnRead,
        Synchronization = Synchronization,
        Aggregation = Aggregation,
    };
}
