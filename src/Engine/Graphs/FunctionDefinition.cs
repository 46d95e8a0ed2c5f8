using Engine.OpModel;

namespace Engine.Graphs;

/// <summary>A function of the library (<c>tensorflow.FunctionDef</c>).</summary>
public sealed class FunctionDefinition
{
    /// <summary>Name, arguments, results, attributes, control outputs.</summary>
    public required OpDefinition Signature { get; init; }

    /// <summary>The body.</summary>
    public required IReadOnlyList<NodeDef> Nodes { get; init; }

    /// <summary>Result name → <c>node:out_arg:0</c> or an argument's name.</summary>
    public required IReadOnlyDictionary<string, string> Returns { get; init; }

    /// <summary>Control output name → node name.</summary>
    public IReadOnlyDictionary<string, string> ControlReturns { get; init; } = new Dictionary<string, string>();

    /// <summary>Attributes of the function itself (<c>_noinline</c>, …).</summary>
    public IReadOnlyDictionary<string, AttrValue> Attrs { get; init; } = new Dictionary<string, AttrValue>();

    /// <summary>Attributes of arguments, by argument number (<c>_user_specified_name</c>, …).</summary>
    public IReadOnlyDictionary<int, IReadOnlyDictionary<string, AttrValue>> ArgAttrs { get; init; } =
        new Dictionary<int, IReadOnlyDictionary<string, AttrValue>>();

    /// <summary>Argument number → number of the earlier argument that is the same resource.</summary>
    public IReadOnlyDictionary<int, int> ResourceArgUniqueId { get; init; } = new Dictionary<int, int>();

    /// <summary>The function's name.</summary>
    public string Name => Signature.Name;
}
