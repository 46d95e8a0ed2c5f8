using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Blocks of height and width become channels.</summary>
[Op("SpaceToDepth")]
internal sealed class SpaceToDepth : IOp
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
        c.SetOutput(0, new PartialShape(shape[0], Divide(shape[1]), Divide(shape[2]), Dimensions.MultiplyKnown(shape[3], Dimensions.Multiply(block, block))));

        long Divide(long n) => n < 0 ? -1 : n % block == 0 ? n / block : throw c.Fail($"Dimension size must be evenly divisible by {block} but is {n}");
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common | TypeGroups.QInt8);
        if (node.String("data_format") != "NHWC")
            throw node.Fail("Only NHWC data_format supported on CPU.");
        var block = node.Int("block_size");
        if (block < 2)
            throw node.Fail($"Block size should be > 1: {block}");
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            if (input.Rank != 4)
                throw EngineException.InvalidArgument($"Input rank should be: 4 instead of: {input.Rank}");
            var (batch, height, width, depth) = (input.Shape[0], input.Shape[1], input.Shape[2], input.Shape[3]);
            if (height % block != 0 || width % block != 0)
                throw EngineException.InvalidArgument($"Image width {width} and height {height} should be divisible by block_size: {block}");
            var shape = new Shape(batch, height / block, width / block, Dimensions.Multiply(depth, Dimensions.Multiply(block, block)));
            var row = width * depth;
            StridedCopy.Run(context.Workers, [batch, height / block, width / block, block, block * depth],
                input, 0, [height * row, block * row, block * depth, row, 1],
                context.Allocate(0, shape), 0, [height * row, block * row, block * block * depth, block * depth, 1]);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
        => [g.NewNode("DepthToSpace").Input(g.OutputGradient(0)).Attr("block_size", g.Attr("block_size")).Attr("data_format", g.Attr("data_format")).Build()[0]];
}
