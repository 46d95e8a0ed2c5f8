using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>Joins strings element by element; scalars go with any shape.</summary>
[Op("StringJoin")]
internal sealed class StringJoin : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shape = PartialShape.Scalar;
        var hasUnknown = false;
        for (var i = 0; i < c.InputCount; i++)
        {
            hasUnknown |= !c.Input(i).HasRank;
            if (c.Input(i).Rank != 0)
                shape = shape.Rank == 0 ? c.Input(i) : shape.Merge(c.Input(i));
        }
        c.SetOutput(0, hasUnknown ? PartialShape.Unknown : shape);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var separator = node.Node.Attr("separator").AsBytes();
        return Kernel.From(context =>
        {
            var inputs = context.Inputs(..);
            var shape = Shape.Scalar;
            foreach (var input in inputs)
            {
                if (input.Rank == 0)
                    continue;
                if (shape.Rank != 0 && shape != input.Shape)
                    throw EngineException.InvalidArgument($"Input shapes do not match: {shape} vs. {input.Shape}");
                shape = input.Shape;
            }
            var result = context.Allocate(0, shape).AsSpan<byte[]>();
            var joiner = new ByteJoiner(separator);
            for (var i = 0; i < result.Length; i++)
            {
                foreach (var input in inputs)
                    joiner.Add(input.AsSpan<byte[]>()[input.Rank == 0 ? 0 : i]);
                result[i] = joiner.Take();
            }
        });
    }
}
