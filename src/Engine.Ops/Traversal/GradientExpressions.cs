using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Traversal;

/// <summary>Short forms for gradient functions.</summary>
internal static class GradientExpressions
{
    /// <summary>The first output of a new node whose attributes follow from its inputs.</summary>
    internal static Value Apply(this GradientContext g, string op, params ReadOnlySpan<Value> inputs)
    {
        var node = g.NewNode(op);
        foreach (var input in inputs)
            node.Input(input);
        return node.Build()[0];
    }
}
