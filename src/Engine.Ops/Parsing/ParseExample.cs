using Engine.OpModel;

namespace Engine.Ops.Parsing;

/// <summary>Features of a batch of <c>tf.Example</c> messages; each key is an input of its own.</summary>
[Op("ParseExample")]
internal sealed class ParseExample : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var batch = c.Input(0, 1);
        c.Input(1, 1);
        ExampleSchema.InferShapes(c, batch);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var schema = new ExampleSchema(node);
        var (sparseRange, denseRange) = (node.InputRange("sparse_keys"), node.InputRange("dense_keys"));
        var defaultRange = node.InputRange("dense_defaults");
        return Kernel.From(context =>
        {
            var (serialized, names) = (context.Input(0), context.Input(1));
            if (serialized.Rank != 1)
                throw EngineException.InvalidArgument($"Expected serialized to be a vector, got shape: {serialized.Shape}");
            if (names.Count > 0 && names.Shape != serialized.Shape)
                throw EngineException.InvalidArgument($"Expected names have the same shape as serialized: name.shape={names.Shape}, serialized.shape={serialized.Shape}");
            var parser = new ExampleParser(schema.Features(Keys(context.Inputs(sparseRange)), Keys(context.Inputs(denseRange)), [], context.Inputs(defaultRange)));
            var examples = serialized.AsSpan<byte[]>();
            for (var i = 0; i < examples.Length; i++)
                parser.Read(examples[i], i);
            parser.Write(context, isBatch: true);
        }, isSequential: true);
    }

    private static byte[][] Keys(Tensor[] inputs)
        => Array.ConvertAll(inputs, t => t.Count == 1 ? t.AsSpan<byte[]>()[0] : throw EngineException.InvalidArgument($"Expected a key to be a scalar, got shape: {t.Shape}"));
}
