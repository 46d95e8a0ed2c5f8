using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Parsing;

/// <summary>Features of a batch of <c>tf.SequenceExample</c> messages; keys are attributes.</summary>
[Op("ParseSequenceExample")]
internal sealed class ParseSequenceExample : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(1, 1);
        SequenceSchema.InferShapes(c, c.WithRankAtMost(c.Input(0), 1));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var schema = new SequenceSchema(node);
        var listDense = Keys(node, "feature_list_dense_keys");
        var missing = Keys(node, "feature_list_dense_missing_assumed_empty");
        var keys = new SequenceKeys
        {
            ContextSparse = Keys(node, "context_sparse_keys"),
            ContextDense = Keys(node, "context_dense_keys"),
            ListSparse = Keys(node, "feature_list_sparse_keys"),
            ListDense = listDense,
            MayBeMissing = i => missing.Any(m => m.AsSpan().SequenceEqual(listDense[i])),
        };
        var defaults = node.InputRange("context_dense_defaults");
        return Kernel.From(context =>
        {
            if (context.Input(0).Rank > 1)
                throw EngineException.InvalidArgument($"Expected serialized to be a scalar or vector, got shape: {context.Input(0).Shape}");
            Read(context, schema.Features(keys with { Defaults = context.Inputs(defaults) }));
        }, isSequential: true);
    }

    /// <summary>Reads the messages of input 0, whose names are input 1.</summary>
    internal static void Read(KernelContext context, SequenceFeatures features)
    {
        var (serialized, names) = (context.Input(0), context.Input(1));
        if (names.Count > 0 && names.Count != serialized.Count)
            throw EngineException.InvalidArgument("example_names must be empty or have the correct number of elements");
        var reader = new SequenceReader(features);
        var messages = serialized.AsSpan<byte[]>();
        for (var i = 0; i < messages.Length; i++)
            reader.Read(messages[i], names.Count > 0 ? System.Text.Encoding.UTF8.GetString(names.AsSpan<byte[]>()[i]) : "<unknown>");
        foreach (var dense in features.ContextDense)
        {
            if (messages.Length == 0 && dense.Default!.Count == 0 && dense.Shape.Count > 0)
                throw EngineException.InvalidArgument($"Inconsistent max number of elements for feature {System.Text.Encoding.UTF8.GetString(dense.Key)}: expected {dense.Shape.Count}, but found 0");
        }
        features.Write(context, messages.Length, isBatch: serialized.Rank == 1);
    }

    private static byte[][] Keys(KernelBuilder node, string attr) => [.. node.Node.Attr(attr).AsList().Select(k => k.AsBytes())];
}
