using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The gradient of TensorScatterMax and TensorScatterMin: it is shared equally by all values that are the result.</summary>
internal static class ScatterExtremeGradient
{
    internal static Gradient?[] Of(GradientContext g)
    {
        var (tensor, indices, updates, gradient) = (g.Input(0), g.Input(1), g.Input(2), g.OutputGradient(0));
        var type = gradient.Type.Base();
        var kept = g.Cast(g.Node("Equal", tensor, g.Output(0)), type);
        var won = g.Cast(g.Node("Equal", updates, g.Node("GatherNd", g.Output(0), indices)), type);
        var shares = kept + g.Node("ScatterNd", indices, won, g.ShapeOf(tensor, indices.Type.Base()));
        return [gradient * kept / shares, null, g.Node("GatherNd", gradient / shares, indices) * won];
    }
}
