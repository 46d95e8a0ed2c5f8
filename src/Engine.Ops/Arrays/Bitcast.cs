using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The same bytes as another element type: a smaller one adds an inner dimension, a larger one takes it away.</summary>
[Op("Bitcast")]
internal sealed class Bitcast : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var input = c.Input(0);
        if (input.HasRank)
            c.SetOutput(0, new PartialShape(Dims(input.Dims, c.Attr("T").AsType().Size(), c.Attr("type").AsType().Size())));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (from, to) = (node.Type("T").Size(), node.Type("type").Size());
        if (from == 0 || to == 0 || Math.Max(from, to) % Math.Min(from, to) != 0)
            throw node.Fail($"Cannot bitcast between types of {from} and {to} bytes.");
        var type = node.Type("type");
        return Kernel.From(context => context.MoveOutput(0, context.Input(0).Reinterpret(type, new Shape(Dims(context.Input(0).Shape.Dims, from, to)))));
    }

    private static long[] Dims(ReadOnlySpan<long> dims, int from, int to)
    {
        if (from == to)
            return dims.ToArray();
        if (from > to)
            return [.. dims, from / to];
        if (dims.Length == 0 || (dims[^1] >= 0 && dims[^1] != to / from))
            throw EngineException.InvalidArgument($"Cannot bitcast due to shape: the last dimension of [{string.Join(',', dims.ToArray())}] must be {to / from}.");
        return dims[..^1].ToArray();
    }
}
