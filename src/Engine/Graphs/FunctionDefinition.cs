using System.Diagnostics.CodeAnalysis;
using Engine.OpModel;

namespace Engine.Graphs;

/// <summary>A function of the library (<c>tensorflow.FunctionDef</c>).</summary>
public sealed class FunctionDefinition
{
    private readonly FunctionSource? source;
    private readonly Lazy<FunctionDefinition>? content;

    /// <summary>A function to be filled in.</summary>
    public FunctionDefinition()
    {
    }

    /// <summary>A function that is read when somebody asks for more than its name.</summary>
    /// <param name="source">Where it is.</param>
    [SetsRequiredMembers]
    public FunctionDefinition(FunctionSource source)
    {
        this.source = source;
        content = new(source.Read);
        Signature = null!;
        Nodes = null!;
        Returns = null!;
    }

    /// <summary>Name, arguments, results, attributes, control outputs.</summary>
    public required OpDefinition Signature { get => content is null ? field : content.Value.Signature; init; }

    /// <summary>The body.</summary>
    public required IReadOnlyList<NodeDef> Nodes { get => content is null ? field : content.Value.Nodes; init; }

    /// <summary>Result name → <c>node:out_arg:0</c> or an argument's name.</summary>
    public required IReadOnlyDictionary<string, string> Returns { get => content is null ? field : content.Value.Returns; init; }

    /// <summary>Control output name → node name.</summary>
    public IReadOnlyDictionary<string, string> ControlReturns { get => content is null ? field : content.Value.ControlReturns; init; } = new Dictionary<string, string>();

    /// <summary>Attributes of the function itself (<c>_noinline</c>, …).</summary>
    public IReadOnlyDictionary<string, AttrValue> Attrs { get => content is null ? field : content.Value.Attrs; init; } = new Dictionary<string, AttrValue>();

    /// <summary>Attributes of arguments, by argument number (<c>_user_specified_name</c>, …).</summary>
    public IReadOnlyDictionary<int, IReadOnlyDictionary<string, AttrValue>> ArgAttrs { get => content is null ? field : content.Value.ArgAttrs; init; } =
        new Dictionary<int, IReadOnlyDictionary<string, AttrValue>>();

    /// <summary>Argument number → number of the earlier argument that is the same resource.</summary>
    public IReadOnlyDictionary<int, int> ResourceArgUniqueId { get => content is null ? field : content.Value.ResourceArgUniqueId; init; } = new Dictionary<int, int>();

    /// <summary>The function's name.</summary>
    public string Name => source?.Name ?? Signature.Name;

    /// <summary>Whether the body may have nodes of an op: a function that was not read yet answers without being read.</summary>
    internal bool MayHave(string op) => content is { IsValueCreated: false } ? source!.MayHave(op) : Nodes.Any(n => n.Op == op);
}
