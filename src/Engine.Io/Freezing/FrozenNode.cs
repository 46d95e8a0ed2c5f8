using Engine.Graphs;

namespace Engine.Io.Freezing;

/// <summary>Copies of nodes with some parts replaced.</summary>
internal static class FrozenNode
{
    internal static NodeDef With(NodeDef node, string? op = null, IReadOnlyList<string>? inputs = null, IReadOnlyDictionary<string, AttrValue>? attrs = null) => new()
    {
        Name = node.Name,
        Op = op ?? node.Op,
        Device = node.Device,
        Inputs = inputs ?? node.Inputs,
        Attrs = attrs ?? node.Attrs,
        OriginalNodeNames = node.OriginalNodeNames,
        OriginalFunctionNames = node.OriginalFunctionNames,
        FullType = op is null ? node.FullType : default,
    };

    internal static NodeDef Constant(string name, string device, Tensor value) => new()
    {
        Name = name,
        Op = "Const",
        Device = device,
        Attrs = new Dictionary<string, AttrValue> { ["dtype"] = AttrValue.Of(value.Type), ["value"] = AttrValue.Of(value) },
    };

    /// <summary>The attributes that begin with an underscore, shapes left out: they told of handles.</summary>
    internal static Dictionary<string, AttrValue> Annotations(NodeDef node) => node.Attrs
        .Where(a => a.Key.StartsWith('_') && a.Key is not ("_output_shapes" or "_has_manual_control_dependencies")).ToDictionary();
}
