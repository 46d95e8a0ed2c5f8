using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.ControlFlow;

/// <summary>Static shapes of ops that call functions: what their attribute <c>output_shapes</c> says.</summary>
internal static class FunctionShapes
{
    internal static void FromAttr(InferenceContext c)
    {
        if (!c.Node.Attrs.TryGetValue("output_shapes", out var attr) || attr.Kind != AttrKind.List)
            return;
        var shapes = attr.AsList();
        if (shapes.Length > 0 && shapes.Length != c.OutputCount)
            throw c.Fail($"`output_shapes` must be the same length as the number of outputs ({shapes.Length} vs. {c.OutputCount})");
        for (var i = 0; i < shapes.Length; i++)
            c.SetOutput(i, shapes[i].AsShape());
    }
}
