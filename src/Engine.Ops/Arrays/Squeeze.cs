using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The input without its dimensions of length 1, or without the given ones.</summary>
[Op("Squeeze")]
internal sealed class Squeeze : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shape = c.Input(0);
        var axes = c.Attr("squeeze_dims").AsInts();
        if (!shape.HasRank || (axes.Length == 0 && !shape.IsFullyKnown))
            return;
        var dropped = Dropped(shape.Dims, axes);
        c.SetOutput(0, new PartialShape([.. shape.Dims.ToArray().Where((_, i) => !dropped[i])]));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var axes = node.Ints("squeeze_dims");
        return Kernel.From(context =>
        {
            var dims = context.Input(0).Shape.Dims;
            var dropped = Dropped(dims, axes);
            var kept = new List<long>(dims.Length);
            for (var i = 0; i < dims.Length; i++)
            {
                if (!dropped[i])
                    kept.Add(dims[i]);
            }
            context.ForwardAs(0, 0, new Shape([.. kept]));
        });
    }

    public static bool ActsOnRows(RewriteContext c) => RowAxes.Keep(c, c.Node.Attr("squeeze_dims").AsInts());

    public static Gradient?[] Gradient(GradientContext g) => [g.ReshapeLike(g.OutputGradient(0), g.Input(0))];

    private static bool[] Dropped(ReadOnlySpan<long> dims, long[] axes)
    {
        var dropped = new bool[dims.Length];
        foreach (var axis in axes)
        {
            var d = IndexTensor.Axis(axis, dims.Length, "squeeze_dims");
            if (dims[d] is not 1 and not -1)
                throw EngineException.InvalidArgument($"Can not squeeze dim[{d}], expected a dimension of 1, got {dims[d]}");
            dropped[d] = true;
        }
        for (var i = 0; i < dims.Length && axes.Length == 0; i++)
            dropped[i] = dims[i] == 1;
        return dropped;
    }
}
