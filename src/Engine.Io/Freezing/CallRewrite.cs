using Engine.Graphs;

namespace Engine.Io.Freezing;

/// <summary>A node that calls functions, and how it calls their frozen copies.</summary>
internal sealed class CallRewrite
{
    private readonly string[] attributes;
    private readonly string[] typeLists;
    private readonly int skipped;
    private readonly bool isLoop;
    private readonly NodeDef node;
    private Dictionary<string, AttrValue> attrs = [];
    private string op = "";

    private CallRewrite(NodeDef node, string[] attributes, string[] typeLists, int skipped, bool isLoop = false)
    {
        this.node = node;
        this.attributes = attributes;
        this.typeLists = typeLists;
        this.skipped = skipped;
        this.isLoop = isLoop;
    }

    /// <summary>The types of the outputs that carry a value where they carried a handle; Invalid for others.</summary>
    internal DType[] Results { get; private set; } = [];

    /// <summary>The call; null for a node that calls nothing.</summary>
    internal static CallRewrite? Of(NodeDef node, Graph graph) => node.Op switch
    {
        "PartitionedCall" or "StatefulPartitionedCall" => new(node, ["f"], ["Tin", "Tout"], 0),
        "If" or "StatelessIf" => new(node, ["then_branch", "else_branch"], ["Tin", "Tout"], 1),
        "Case" or "StatelessCase" => new(node, ["branches"], ["Tin", "Tout"], 1),
        "While" or "StatelessWhile" => new(node, ["cond", "body"], ["T"], 0, isLoop: true),
        _ => graph.Library.Find(node.Op) is null ? null : new(node, [], [], 0),
    };

    /// <summary>Has copies of the functions made for arguments that are values now.</summary>
    internal void Specialise(DType[] inputs, Func<string, DType[], (string Name, DType[] Results)> copy)
    {
        var arguments = inputs[skipped..];
        attrs = new(node.Attrs);
        attrs.Remove("_output_shapes");
        attrs.Remove("_read_only_resource_inputs");
        op = node.Op;
        if (attributes.Length == 0)
        {
            (op, Results) = copy(node.Op, arguments);
            return;
        }
        foreach (var attribute in attributes)
        {
            attrs[attribute] = node.Attrs[attribute] is { Kind: AttrKind.List } branches
                ? AttrValue.ListOf([.. branches.AsList().Select(b => Copy(b.AsFunction()))])
                : Copy(node.Attrs[attribute].AsFunction());
        }
        if (isLoop)
            Results = arguments;
        Retype(typeLists[0], arguments);
        if (typeLists.Length > 1)
            Retype(typeLists[1], Results);

        AttrValue Copy(FunctionReference function)
        {
            var (name, results) = copy(function.Name, arguments);
            Results = results;
            return AttrValue.Of(new FunctionReference(name, function.Attrs));
        }
    }

    internal NodeDef Apply(NodeDef original) => FrozenNode.With(original, op == original.Op ? null : op, attrs: attrs);

    private void Retype(string attribute, DType[] frozen)
    {
        var types = attrs[attribute].AsTypes();
        attrs[attribute] = AttrValue.List([.. types.Select((t, i) => i < frozen.Length && frozen[i] != DType.Invalid ? frozen[i] : t)]);
    }
}
