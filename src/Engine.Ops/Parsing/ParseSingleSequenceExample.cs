using System.Text;
using Engine.OpModel;
using Engine.Ops.Lookups;

namespace Engine.Ops.Parsing;

/// <summary>Features of one <c>tf.SequenceExample</c> message, read by protobuf's rules; keys are inputs of their own.</summary>
[Op("ParseSingleSequenceExample")]
internal sealed class ParseSingleSequenceExample : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(1, 1);
        SequenceSchema.InferShapes(c, c.Input(0, 0));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var schema = new SequenceSchema(node);
        var ranges = Array.ConvertAll(["context_sparse_keys", "context_dense_keys", "feature_list_sparse_keys", "feature_list_dense_keys", "context_dense_defaults"], node.InputRange);
        return Kernel.From(context =>
        {
            if (context.Input(0).Rank != 0)
                throw EngineException.InvalidArgument($"Expected serialized to be a scalar, got shape: {context.Input(0).Shape}");
            if (context.Input(context.InputCount - 1).Rank != 0)
                throw EngineException.InvalidArgument($"Expected debug_name to be a scalar, got shape: {context.Input(context.InputCount - 1).Shape}");
            byte[][] Keys(int i) => Array.ConvertAll(context.Inputs(ranges[i]), t => t.Count == 1 ? t.AsSpan<byte[]>()[0]
                : throw EngineException.InvalidArgument($"Expected a key to be a scalar, got shape: {t.Shape}"));
            var listDense = Keys(3);
            var missing = new HashSet<byte[]>(context.Input(1).ToArray<byte[]>(), ByteStringComparer.Instance);
            var features = schema.Features(new()
            {
                ContextSparse = Keys(0),
                ContextDense = Keys(1),
                ListSparse = Keys(2),
                ListDense = listDense,
                MayBeMissing = i => missing.Contains(listDense[i]),
                Defaults = context.Inputs(ranges[4]),
            });
            var serialized = context.Input(0).AsSpan<byte[]>()[0];
            var message = SequenceMessage.TryParse(serialized)
                ?? throw EngineException.InvalidArgument($"Could not parse example input, value: '{Encoding.UTF8.GetString(serialized)}'");
            foreach (var feature in features.Context)
                Add(feature, message);
            foreach (var list in features.Lists)
                Add(list, message);
            features.Write(context, 1, isBatch: false);
        });
    }

    private static void Add(ExampleFeature feature, SequenceMessage message)
    {
        var key = Encoding.UTF8.GetString(feature.Key);
        if (message.Context.TryGetValue(feature.Key, out var found) && found is not null)
        {
            if (found.Type != feature.Type)
                throw EngineException.InvalidArgument($"Context feature: {key}.  Data types don't match. Expected type: {feature.Type.Name()}");
            if (feature.Kind == FeatureKind.Dense && found.Count != feature.Shape.Count)
                throw EngineException.InvalidArgument($"Key: {key}.  Number of {feature.Type.Name()} values != expected.  values size: {found.Count} but output shape: {feature.Shape}");
            feature.Values.Add(found);
        }
        else if (feature.Kind == FeatureKind.Dense)
        {
            if (feature.Default!.Count == 0)
                throw EngineException.InvalidArgument($"Context feature '{key}' is required but could not be found.");
            ExampleParser.AddDefault(feature);
        }
        feature.Ends.Add(feature.Values.Count);
    }

    private static void Add(FeatureRows list, SequenceMessage message)
    {
        var key = Encoding.UTF8.GetString(list.Key);
        if (message.Lists.TryGetValue(list.Key, out var rows))
        {
            for (var i = 0; i < rows.Count; i++)
            {
                // A row of no kind has no values in a sparse list and is an error in a dense one.
                if (rows[i]?.Type != list.Type && (rows[i] is not null || list.Kind == FeatureKind.Dense))
                    throw EngineException.InvalidArgument($"Feature list: {key}, Index: {i}.  Data types don't match. Expected type: {list.Type.Name()}");
                if (list.Kind == FeatureKind.Dense && rows[i]!.Count != list.RowShape.Count)
                    throw EngineException.InvalidArgument($"Key {key}, Index: {i}.  Number of values != expected.  Values size: {rows[i]!.Count} but output shape: {list.RowShape}");
                if (rows[i] is { } values)
                    list.Values.Add(values);
                list.RowEnds.Add(list.Values.Count);
            }
        }
        else if (list.Kind == FeatureKind.Dense && !list.MayBeMissing)
        {
            throw EngineException.InvalidArgument($"Feature list '{key}' is required but could not be found.  "
                + "Did you mean to include it in feature_list_dense_missing_assumed_empty or feature_list_dense_defaults?");
        }
        list.ExampleEnds.Add(list.RowEnds.Count);
    }
}
