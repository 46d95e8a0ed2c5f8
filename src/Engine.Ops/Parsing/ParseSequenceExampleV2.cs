using Engine.OpModel;

namespace Engine.Ops.Parsing;

/// <summary>Features of a batch of <c>tf.SequenceExample</c> messages, or of a single one.</summary>
[Op("ParseSequenceExampleV2")]
internal sealed class ParseSequenceExampleV2 : IOp
{
    private const int FirstKeys = 2, Missing = 8;

    public static void InferShapes(InferenceContext c)
    {
        for (var i = FirstKeys; i <= Missing; i++)
            c.Input(i, 1);
        SequenceSchema.InferShapes(c, c.WithRankAtMost(c.Input(0), 1));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var schema = new SequenceSchema(node);
        var defaults = node.InputRange("context_dense_defaults");
        return Kernel.From(context =>
        {
            if (context.Input(0).Rank > 1)
                throw EngineException.InvalidArgument($"Expected serialized to be a scalar or vector, got shape: {context.Input(0).Shape}");
            byte[][] Keys(int i) => context.Input(FirstKeys + i).ToArray<byte[]>();
            var listDense = Keys(4);
            var missing = context.Input(Missing);
            if (missing.Count != listDense.Length)
                throw EngineException.InvalidArgument($"Expected {listDense.Length} elements in feature_list_dense_missing_assumed_empty, got shape: {missing.Shape}");
            ParseSequenceExample.Read(context, schema.Features(new()
            {
                ContextSparse = Keys(0),
                ContextDense = Keys(1),
                ContextRagged = Keys(2),
                ListSparse = Keys(3),
                ListDense = listDense,
                ListRagged = Keys(5),
                MayBeMissing = i => missing.AsSpan<bool>()[i],
                Defaults = context.Inputs(defaults),
            }));
        }, isSequential: true);
    }
}
