using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Channels become blocks of height and width.</summary>
[Op("DepthToSpace")]
internal sealed class DepthToSpace : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var (shape, block) = (c.Input(0), c.Attr("block_size").AsInt());
        if (!shape.HasRank || c.Attr("data_format").AsString() != "NHWC")
        {
            c.SetOutput(0, PartialShape.OfRank(c.Attr("data_format").AsString() == "NCHW_VECT_C" ? 5 : 4));
            return;
        }
        c.WithRank(shape, 4);
        var square = Dimensions.Multiply(block, block);
        if (shape[3] >= 0 && shape[3] % square != 0)
            throw c.Fail($"Dimension size must be evenly divisible by {square} but is {shape[3]}");
        c.SetOutput(0, new PartialShape(shape[0], Dimensions.MultiplyKnown(shape[1], block), Dimensions.MultiplyKnown(shape[2], block), shape[3] < 0 ? -1 : shape[3] / square));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common);
        if (node.String("data_format") != "NHWC")
            throw node.Fail("Only NHWC data_format supported on CPU.");
        var block = node.Int("block_size");
        if (block is < 2 or > int.MaxValue)
            throw node.Fail($"Block size should be > 1: {block}");
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            if (input.Rank != 4)
                throw EngineException.InvalidArgument($"Input rank should be: 4 instead of: {input.Rank}");
            var (batch, height, width, channels) = (input.Shape[0], input.Shape[1], input.Shape[2], input.Shape[3]);
            if (channels % (block * block) != 0)
                throw EngineException.InvalidArgument($"Input depth dimension {channels} should be divisible by: {block * block}");
            var depth = channels / (block * block);
            var shape = new Shape(batch, Dimensions.Multiply(height, block), Dimensions.Multiply(width, block), depth);
            var row = width * block * depth;
            StridedCopy.Run(context.Workers, [batch, height, block, width, block * depth],
                input, 0, [height * block * row, block * row, block * depth, channels, 1],
                context.Allocate(0, shape), 0, [height * block * row, block * row, row, block * depth, 1]);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
        => [g.NewNode("SpaceToDepth").Input(g.OutputGradient(0)).Attr("block_size", g.Attr("block_size")).Attr("data_format", g.Attr("data_format")).Build()[0]];
}
