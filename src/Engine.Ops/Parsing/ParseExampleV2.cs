using Engine.OpModel;

namespace Engine.Ops.Parsing;

/// <summary>Features of a batch of <c>tf.Example</c> messages, or of a single one.</summary>
[Op("ParseExampleV2")]
internal sealed class ParseExampleV2 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var batch = c.WithRankAtMost(c.Input(0), 1);
        for (var i = 2; i < 5; i++)
            c.Input(i, 1);
        ExampleSchema.InferShapes(c, batch);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var schema = new ExampleSchema(node);
        var defaultRange = node.InputRange("dense_defaults");
        return Kernel.From(context =>
        {
            var (serialized, names) = (context.Input(0), context.Input(1));
            if (serialized.Rank > 1)
                throw EngineException.InvalidArgument($"Expected serialized to be a scalar or vector, got shape: {serialized.Shape}");
            if (names.Count > 0 && names.Shape != serialized.Shape)
                throw EngineException.InvalidArgument($"Expected names have the same shape as serialized: name.shape={names.Shape}, serialized.shape={serialized.Shape}");
            var parser = new ExampleParser(schema.Features(Keys(context.Input(2)), Keys(context.Input(3)), Keys(context.Input(4)), context.Inputs(defaultRange)));
            var examples = serialized.AsSpan<byte[]>();
            for (var i = 0; i < examples.Length; i++)
                parser.Read(examples[i], i);
            parser.Write(context, isBatch: serialized.Rank == 1);
        }, isSequential: true);
    }

    private static ReadOnlySpan<byte[]> Keys(Tensor keys)
        => keys.Rank == 1 ? keys.AsSpan<byte[]>() : throw EngineException.InvalidArgument($"Expected keys to be a vector, got shape: {keys.Shape}");
}
