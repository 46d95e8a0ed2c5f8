using Engine.Graphs;
using Engine.Runtime;

namespace Engine.Variables;

/// <summary>
/// A variable of a graph (<c>tf.Variable</c>): the node that holds it, the one that initialises it, and the value as other nodes read it. The number itself
/// lives in a session. Make one with <see cref="VariableBuilding"/>.
/// </summary>
public sealed class GraphVariable : ISaveable
{
    /// <summary>A variable of nodes that are in the graph already.</summary>
    /// <param name="node">The node: <c>VariableV2</c> or <c>VarHandleOp</c>.</param>
    /// <param name="initializer">The node that assigns the initial value.</param>
    /// <param name="snapshot">The value read.</param>
    public GraphVariable(Node node, Node initializer, Value snapshot)
    {
        Node = node;
        Initializer = initializer;
        Snapshot = snapshot;
    }

    /// <summary>The node that holds the variable.</summary>
    public Node Node { get; }

    /// <summary>The node that assigns the initial value.</summary>
    public Node Initializer { get; }

    /// <summary>The value, read when the reading node runs.</summary>
    public Value Snapshot { get; }

    /// <summary>What the initializer assigns; null when the file the graph comes from does not say.</summary>
    public Value? InitialValue { get; init; }

    /// <summary>Whether optimizers change it.</summary>
    public bool Trainable { get; init; } = true;

    /// <summary>Kept for other readers.</summary>
    public VariableSynchronization Synchronization { get; init; }

    /// <summary>Kept for other readers.</summary>
    public VariableAggregation Aggregation { get; init; }

    /// <summary>Which part of a partitioned variable it is; null for a whole one.</summary>
    public SaveSlice? Slice { get; init; }

    /// <summary>The name.</summary>
    public string Name => Node.Name;

    /// <summary>The graph.</summary>
    public Graph Graph => Node.Graph;

    /// <summary>The reference edge, or the handle of a resource variable.</summary>
    public Value Handle => Node[0];

    /// <summary>Whether it is reached by a handle, as all variables of TensorFlow 2 are.</summary>
    public bool IsResource => Handle.Type == DType.Resource;

    /// <summary>The element type.</summary>
    public DType Type => Node.Attr("dtype").AsType();

    /// <summary>The declared shape.</summary>
    public PartialShape Shape => Node.Attrs.TryGetValue("shape", out var shape) ? shape.AsShape() : PartialShape.Unknown;

    /// <summary>The value for use by nodes that are added now: for a resource variable read anew, after the control dependencies that hold now.</summary>
    public Value Value => IsResource ? Read() : Snapshot;

    /// <inheritdoc/>
    public string SaveName => Slice?.FullName ?? Name;

    /// <summary>The value of a variable, as <see cref="Value"/>.</summary>
    public static implicit operator Value(GraphVariable variable) => variable.Value;

    /// <summary>Adds a node that reads the variable.</summary>
    public Value Read(string? name = null) => IsResource
        ? Graph.NewNode("ReadVariableOp", name).Input(Handle).Attr("dtype", Type).Build()[0]
        : Graph.NewNode("Identity", name).Input(Handle).Build()[0];

    /// <summary>Adds a node that assigns a value.</summary>
    /// <returns>The new value; running its node assigns.</returns>
    public Value Assign(Value value, string? name = null) => Update("Assign", "AssignVariableOp", value, name);

    /// <summary>Adds a node that adds a value to the variable.</summary>
    /// <returns>The new value; running its node adds.</returns>
    public Value AssignAdd(Value value, string? name = null) => Update("AssignAdd", "AssignAddVariableOp", value, name);

    /// <summary>Adds a node that subtracts a value from the variable.</summary>
    /// <returns>The new value; running its node subtracts.</returns>
    public Value AssignSub(Value value, string? name = null) => Update("AssignSub", "AssignSubVariableOp", value, name);

    /// <summary>Adds a node that assigns a number, made a constant of the variable's type.</summary>
    public Value Assign(double value) => Assign(Graph.Scalar(value, Type));

    /// <summary>Adds a node that adds a number.</summary>
    public Value AssignAdd(double value) => AssignAdd(Graph.Scalar(value, Type));

    /// <summary>Adds a node that subtracts a number.</summary>
    public Value AssignSub(double value) => AssignSub(Graph.Scalar(value, Type));

    /// <summary>The value in a session.</summary>
    /// <exception cref="EngineException">FAILED_PRECONDITION while uninitialized.</exception>
    public Tensor Evaluate(Session session) => session.Run(Snapshot);

    /// <summary>Sets the value in a session, without adding a node: the initializer runs with this value in place of its own.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another type.</exception>
    public void Load(Session session, Tensor value) => session.Run(Initializer, (Initializer.Inputs[1], value));

    /// <inheritdoc/>
    public IReadOnlyList<SaveableObject> Parts(string name) => [VariableSaveable.Of(this, name)];

    /// <summary>Name, type and shape.</summary>
    public override string ToString() => $"{Name}: {Type.Name()}{Shape}";

    /// <summary>The sum, with broadcasting.</summary>
    public static Value operator +(GraphVariable a, Value b) => a.Value + b;

    /// <summary>The sum, with broadcasting.</summary>
    public static Value operator +(Value a, GraphVariable b) => a + b.Value;

    /// <summary>The sum, with broadcasting.</summary>
    public static Value operator +(GraphVariable a, GraphVariable b) => a.Value + b.Value;

    /// <summary>The sum of every element and a number.</summary>
    public static Value operator +(GraphVariable a, double b) => a.Value + b;

    /// <summary>The difference, with broadcasting.</summary>
    public static Value operator -(GraphVariable a, Value b) => a.Value - b;

    /// <summary>The difference, with broadcasting.</summary>
    public static Value operator -(Value a, GraphVariable b) => a - b.Value;

    /// <summary>The difference, with broadcasting.</summary>
    public static Value operator -(GraphVariable a, GraphVariable b) => a.Value - b.Value;

    /// <summary>Every element less a number.</summary>
    public static Value operator -(GraphVariable a, double b) => a.Value - b;

    /// <summary>The product, with broadcasting.</summary>
    public static Value operator *(GraphVariable a, Value b) => a.Value * b;

    /// <summary>The product, with broadcasting.</summary>
    public static Value operator *(Value a, GraphVariable b) => a * b.Value;

    /// <summary>The product, with broadcasting.</summary>
    public static Value operator *(GraphVariable a, GraphVariable b) => a.Value * b.Value;

    /// <summary>Every element times a number.</summary>
    public static Value operator *(GraphVariable a, double b) => a.Value * b;

    private Value Update(string op, string resourceOp, Value value, string? name)
    {
        if (!IsResource)
            return Graph.NewNode(op, name).Input(Handle).Input(value).Attr("use_locking", false).Attr("_class", Colocation.With(Name)).Build()[0];
        var node = Graph.NewNode(resourceOp, name).Input(Handle).Input(value);
        if (op == "Assign")
            node.Attr("validate_shape", true);
        using (Graph.ControlDependencies(node.Build()))
            return Read();
    }
}
