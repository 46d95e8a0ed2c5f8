using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.Sparse;

/// <summary>The entries in row-major order.</summary>
[Op("SparseReorder")]
internal sealed class SparseReorder : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        SparseShapes.CheckInput(c, 0);
        c.SetOutput(0, c.Input(0, 2));
        c.SetOutput(1, c.Input(1, 1));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common);
        return Kernel.From(context =>
        {
            var input = SparseInput.At(context, 0);
            var order = input.Order();
            var indices = context.Allocate(0, input.Indices.Shape).AsSpan<long>();
            for (var i = 0; i < order.Length; i++)
                input.Row(order[i]).CopyTo(indices[(i * input.Rank)..]);
            ValueGather.Run(input.Values, order, context.Allocate(1, input.Values.Shape));
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (indices, shape) = (g.Input(0), g.Input(2));
        var count = g.AsScalar(g.Part(g.ShapeOf(indices), g.Ints(0), g.Ints(1)));
        var entries = g.Node("Range", g.Int(0), count, g.Int(1));
        var ordered = g.NewNode("SparseReorder").Input(indices).Input(entries).Input(shape).Build()[1];
        return [null, g.Node("GatherV2", g.OutputGradient(1), g.Node("InvertPermutation", ordered), g.Int(0)), null];
    }
}
