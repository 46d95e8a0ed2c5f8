namespace Engine.Graphs;

/// <summary>A node as a file has it (<c>tensorflow.NodeDef</c>): inputs by name, only the attributes that were written.</summary>
public sealed class NodeDef
{
    /// <summary>The name, unique in its graph or function.</summary>
    public required string Name { get; init; }

    /// <summary>The op type, or the name of a function.</summary>
    public required string Op { get; init; }

    /// <summary>The requested device, or "".</summary>
    public string Device { get; init; } = "";

    /// <summary>Inputs: <c>node</c>, <c>node:1</c>, <c>^node</c>; in functions <c>arg</c>, <c>node:out_arg:0</c>.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Attributes.</summary>
    public IReadOnlyDictionary<string, AttrValue> Attrs { get; init; } = new Dictionary<string, AttrValue>();

    /// <summary>Names of the nodes this one was made from (experimental debug info), kept for export.</summary>
    public IReadOnlyList<string> OriginalNodeNames { get; init; } = [];

    /// <summary>Names of the functions of <see cref="OriginalNodeNames"/>.</summary>
    public IReadOnlyList<string> OriginalFunctionNames { get; init; } = [];

    /// <summary>The serialized <c>FullTypeDef</c> of the node, kept for export; empty where there is none.</summary>
    public ReadOnlyMemory<byte> FullType { get; init; }
}
