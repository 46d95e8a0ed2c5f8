using Engine.OpModel;

namespace Engine.Ops.Parsing;

/// <summary>The attributes that all ops which parse sequence examples have.</summary>
internal sealed class SequenceSchema
{
    private readonly DType[] contextSparse, contextDense, contextRagged = [], listSparse, listDense, listRagged = [];
    private readonly Shape[] contextShapes, listShapes;

    internal SequenceSchema(KernelBuilder node)
    {
        contextSparse = node.Types("context_sparse_types");
        contextDense = node.Types("Tcontext_dense");
        listSparse = node.Types("feature_list_sparse_types");
        listDense = node.Types("feature_list_dense_types");
        if (node.Find("context_ragged_value_types") is not null)
        {
            contextRagged = node.Types("context_ragged_value_types");
            listRagged = node.Types("feature_list_ragged_value_types");
            if (node.Types("context_ragged_split_types").Length != contextRagged.Length || node.Types("feature_list_ragged_split_types").Length != listRagged.Length)
                throw node.Fail("The numbers of value types and split types of ragged features differ");
        }
        contextShapes = Shapes(node, "context_dense_shapes", contextDense.Length);
        listShapes = Shapes(node, "feature_list_dense_shapes", listDense.Length);
        if (node.Int("Ncontext_sparse") != contextSparse.Length || node.Int("Nfeature_list_sparse") != listSparse.Length || node.Int("Nfeature_list_dense") != listDense.Length
            || (node.Find("Ncontext_dense") is { } dense && dense.AsInt() != contextDense.Length))
            throw node.Fail("The numbers of features and of their types differ");
    }

    /// <summary>What the shapes of the outputs are known to be.</summary>
    /// <param name="c">The node.</param>
    /// <param name="batch">The shape of the input.</param>
    internal static void InferShapes(InferenceContext c, PartialShape batch)
    {
        if (!batch.HasRank)
            return;
        var rank = batch.Rank;
        Set(c, "context_sparse_indices", _ => [-1, rank + 1]);
        Set(c, "context_sparse_values", _ => [-1]);
        Set(c, "context_sparse_shapes", _ => [rank + 1]);
        Set(c, "context_dense_values", i => batch.Concat(ShapeAt(c, "context_dense_shapes", i)));
        Set(c, "feature_list_sparse_indices", _ => [-1, rank + 2]);
        Set(c, "feature_list_sparse_values", _ => [-1]);
        Set(c, "feature_list_sparse_shapes", _ => [rank + 2]);
        Set(c, "feature_list_dense_values", i => batch.Concat([-1]).Concat(ShapeAt(c, "feature_list_dense_shapes", i)));
        Set(c, "feature_list_dense_lengths", _ => batch);
    }

    /// <summary>The features asked for, empty.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for numbers of keys or default values that do not fit.</exception>
    internal SequenceFeatures Features(SequenceKeys keys)
    {
        Check(keys.ContextSparse, contextSparse, "context_sparse");
        Check(keys.ContextDense, contextDense, "context_dense");
        Check(keys.ContextRagged, contextRagged, "context_ragged");
        Check(keys.ListSparse, listSparse, "feature_list_sparse");
        Check(keys.ListDense, listDense, "feature_list_dense");
        Check(keys.ListRagged, listRagged, "feature_list_ragged");
        if (keys.Defaults.Length != contextDense.Length)
            throw EngineException.InvalidArgument($"Expected {contextDense.Length} context_dense_defaults, got {keys.Defaults.Length}");
        return new()
        {
            ContextSparse = Context(FeatureKind.Sparse, keys.ContextSparse, contextSparse),
            ContextDense = [.. keys.ContextDense.Select((key, i) => Dense(key, i, keys.Defaults[i]))],
            ContextRagged = Context(FeatureKind.Ragged, keys.ContextRagged, contextRagged),
            ListSparse = Lists(FeatureKind.Sparse, keys.ListSparse, listSparse),
            ListDense = [.. keys.ListDense.Select((key, i) => new FeatureRows(FeatureKind.Dense, key, listDense[i]) { RowShape = listShapes[i], MayBeMissing = keys.MayBeMissing(i) })],
            ListRagged = Lists(FeatureKind.Ragged, keys.ListRagged, listRagged),
        };
    }

    private static ExampleFeature[] Context(FeatureKind kind, byte[][] keys, DType[] types) => [.. keys.Select((key, i) => new ExampleFeature(kind, key, types[i]))];

    private static FeatureRows[] Lists(FeatureKind kind, byte[][] keys, DType[] types) => [.. keys.Select((key, i) => new FeatureRows(kind, key, types[i]))];

    private ExampleFeature Dense(byte[] key, int i, Tensor value)
    {
        if (value.Type != contextDense[i])
            throw EngineException.InvalidArgument($"context_dense_defaults[{i}] is {value.Type.Name()}, not {contextDense[i].Name()}");
        if (value.Count > 0 && value.Shape != contextShapes[i])
            throw EngineException.InvalidArgument($"default_value[{i}].shape() == {value.Shape} != context_dense_shapes[{i}] == {contextShapes[i]}");
        return new(FeatureKind.Dense, key, contextDense[i]) { Shape = contextShapes[i], Default = value };
    }

    private static Shape[] Shapes(KernelBuilder node, string attr, int count)
    {
        var shapes = node.Shapes(attr);
        if (shapes.Length != count || shapes.Any(s => !s.IsFullyKnown))
            throw node.Fail($"{attr} must have {count} fully defined shapes, not {string.Join<PartialShape>(", ", shapes)}");
        return Array.ConvertAll(shapes, s => s.ToShape());
    }

    private static void Check(byte[][] keys, DType[] types, string what)
    {
        if (keys.Length != types.Length)
            throw EngineException.InvalidArgument($"Expected {types.Length} {what}_keys, got {keys.Length}");
    }

    private static PartialShape ShapeAt(InferenceContext c, string attr, int i) => c.Attr(attr).AsList() is var shapes && i < shapes.Length ? shapes[i].AsShape() : PartialShape.Unknown;

    private static void Set(InferenceContext c, string argument, Func<int, PartialShape> shape)
    {
        if (c.OutputRange(argument) is not { } range)
            return;
        var (start, count) = range.GetOffsetAndLength(c.OutputCount);
        for (var i = 0; i < count; i++)
            c.SetOutput(start + i, shape(i));
    }
}
