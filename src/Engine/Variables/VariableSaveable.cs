using Engine.Graphs;

namespace Engine.Variables;

/// <summary>A variable, or a part of a partitioned one, as a saver sees it.</summary>
internal sealed class VariableSaveable : SaveableObject
{
    private readonly GraphVariable variable;

    private VariableSaveable(GraphVariable variable, string name, Value tensor)
        : base(name, variable.Handle, [new SaveSpec(tensor, name, variable.Slice?.Spec ?? "", variable.Node.Device)]) => this.variable = variable;

    internal static VariableSaveable Of(GraphVariable variable, string name) => new(variable, name, variable switch
    {
        { IsResource: true, Slice: not null } => ReadPart(variable),
        { IsResource: false, Slice: null } => variable.Handle,
        _ => variable.Snapshot,
    });

    public override Node Restore(IReadOnlyList<Value> tensors, bool reshape)
    {
        var graph = variable.Graph;
        var restored = tensors[0];
        if (reshape)
        {
            var node = graph.UniqueName("Reshape");
            var shape = variable.Shape.IsFullyKnown
                ? graph.NewNode("Const", node + "/shape/").Attr("dtype", DType.Int32).Attr("value", Tensor.From([.. variable.Shape.Dims.ToArray().Select(d => (int)d)])).Build()[0]
                : graph.NewNode("Shape").Input(variable.Snapshot).Build()[0];
            restored = graph.NewNode("Reshape", node + "/").Input(restored).Input(shape).Build()[0];
        }
        if (variable.IsResource)
        {
            var value = graph.NewNode("Identity").On(variable.Node.Device).Input(restored).Build()[0];
            return graph.NewNode("AssignVariableOp").On(variable.Node.Device).Input(variable.Handle).Input(value).Attr("validate_shape", false).Build();
        }
        return graph.NewNode("Assign").On(variable.Node.Device).Input(variable.Handle).Input(restored).Attr("use_locking", true)
            .Attr("validate_shape", !reshape && variable.Shape.IsFullyKnown).Attr("_class", Colocation.With(variable.Name)).Build();
    }

    // A part is read when it is saved, and read without the copy that a later write would need.
    private static Value ReadPart(GraphVariable variable)
    {
        var graph = variable.Graph;
        Value value;
        using (graph.NameScope("Read"))
        {
            graph.NewNode("DisableCopyOnRead").Input(variable.Handle).Build();
            value = variable.Read();
        }
        value = graph.NewNode("Identity").Input(value).Build()[0];
        return graph.NewNode("Identity").On("/device:CPU:0").Input(value).Build()[0];
    }
}
