using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Parsing;

/// <summary>Features of one <c>tf.Example</c> message; keys are attributes.</summary>
[Op("ParseSingleExample")]
internal sealed class ParseSingleExample : IOp
{
    public static void InferShapes(InferenceContext c) => ExampleSchema.InferShapes(c, c.Input(0, 0));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var schema = new ExampleSchema(node);
        var (sparse, dense) = (Keys(node, "sparse_keys"), Keys(node, "dense_keys"));
        if (node.Int("num_sparse") != sparse.Length || sparse.Length != schema.Counts.Sparse || dense.Length != schema.Counts.Dense)
            throw node.Fail("The numbers of keys and types differ.");
        var defaultRange = node.InputRange("dense_defaults");
        return Kernel.From(context =>
        {
            var serialized = context.Input(0);
            if (serialized.Rank != 0)
                throw EngineException.InvalidArgument($"Expected serialized to be a scalar, got shape: {serialized.Shape}");
            var parser = new ExampleParser(schema.Features(sparse, dense, [], context.Inputs(defaultRange)));
            parser.Read(serialized.AsSpan<byte[]>()[0], 0);
            parser.Write(context, isBatch: false);
        });
    }

    private static byte[][] Keys(KernelBuilder node, string attr) => [.. node.Node.Attr(attr).AsList().Select(k => k.AsBytes())];
}
