using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Reductions;

/// <summary>Gradients of reductions over rows that are chosen by index.</summary>
internal static class SparseSegmentGradients
{
    /// <summary>The gradients of all inputs: dense, or as IndexedSlices of the chosen rows where the node asks for that.</summary>
    internal static Gradient?[] Of(GradientContext g, string op)
    {
        var gradients = new Gradient?[g.InputCount];
        var shape = g.Apply("Shape", g.Input(0));
        var rows = g.Apply("GatherV2", shape, g.Scalar(0, DType.Int32), g.Scalar(0, DType.Int32));
        if (g.Node.Attrs.TryGetValue("sparse_gradient", out var isSparse) && isSparse.AsBool())
        {
            var node = g.NewNode($"{op}V2").Input(g.OutputGradient(0)).Input(g.Input(1)).Input(g.Input(2)).Input(rows).Build();
            gradients[0] = Gradient.Slices(node[0], node[1], shape);
        }
        else
        {
            gradients[0] = g.Apply(op, g.OutputGradient(0), g.Input(1), g.Input(2), rows);
        }
        return gradients;
    }
}
