using Engine.OpModel;

namespace Engine.Ops.Parsing;

/// <summary>The attributes that all ops which parse examples have: types and shapes of the features asked for.</summary>
internal sealed class ExampleSchema
{
    private readonly DType[] sparseTypes;
    private readonly DType[] denseTypes;
    private readonly PartialShape[] denseShapes;
    private readonly DType[] raggedTypes = [];
    private readonly DType[] splitTypes = [];

    internal ExampleSchema(KernelBuilder node)
    {
        sparseTypes = node.Types("sparse_types");
        denseTypes = node.Types("Tdense");
        denseShapes = node.Shapes("dense_shapes");
        if (node.Find("ragged_value_types") is not null)
        {
            raggedTypes = node.Types("ragged_value_types");
            splitTypes = node.Types("ragged_split_types");
        }
        if (denseShapes.Length != denseTypes.Length)
            throw node.Fail($"len(dense_shapes) != len(Tdense): {denseShapes.Length} vs. {denseTypes.Length}");
        if (raggedTypes.Length != splitTypes.Length)
            throw node.Fail($"len(ragged_value_types) != len(ragged_split_types): {raggedTypes.Length} vs. {splitTypes.Length}");
        foreach (var type in (IEnumerable<DType>)[.. sparseTypes, .. denseTypes, .. raggedTypes])
        {
            if (type is not (DType.Float32 or DType.Int64 or DType.String))
                throw node.NoKernel();
        }
        foreach (var shape in denseShapes)
        {
            // Only the first dimension may be open.
            if (!shape.HasRank || (shape.Rank > 0 && !shape.Slice(1).IsFullyKnown))
                throw node.Fail($"dense_shapes has unknown rank or unknown inner dimensions: {shape}");
        }
    }

    /// <summary>Number of outputs per kind.</summary>
    internal (int Sparse, int Dense, int Ragged) Counts => (sparseTypes.Length, denseTypes.Length, raggedTypes.Length);

    /// <summary>The shapes of the outputs.</summary>
    internal static void InferShapes(InferenceContext c, PartialShape batch)
    {
        var (sparse, dense) = (c.Attr("sparse_types").AsTypes().Length, c.Attr("Tdense").AsTypes().Length);
        var shapes = c.Attr("dense_shapes").AsList();
        var isScalar = batch.Rank == 0;
        for (var i = 0; i < sparse; i++)
        {
            if (batch.HasRank)
                c.SetOutput(i, [-1, isScalar ? 1 : 2]);
            c.SetOutput(sparse + i, [-1]);
            if (batch.HasRank)
                c.SetOutput(2 * sparse + i, [isScalar ? 1 : 2]);
        }
        for (var i = 0; i < dense && i < shapes.Length; i++)
            c.SetOutput(3 * sparse + i, batch.Concat(shapes[i].AsShape()));
        for (var i = 3 * sparse + dense; i < c.OutputCount; i++)
            c.SetOutput(i, PartialShape.OfRank(1));
    }

    /// <summary>The features asked for, empty.</summary>
    /// <param name="sparseKeys">Keys of sparse features.</param>
    /// <param name="denseKeys">Keys of dense features.</param>
    /// <param name="raggedKeys">Keys of ragged features.</param>
    /// <param name="defaults">Default values of dense features.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT for numbers of keys or default values that do not fit.</exception>
    internal List<ExampleFeature> Features(ReadOnlySpan<byte[]> sparseKeys, ReadOnlySpan<byte[]> denseKeys, ReadOnlySpan<byte[]> raggedKeys, Tensor[] defaults)
    {
        if (sparseKeys.Length != sparseTypes.Length || denseKeys.Length != denseTypes.Length || raggedKeys.Length != raggedTypes.Length || defaults.Length != denseTypes.Length)
        {
            throw EngineException.InvalidArgument($"Expected {sparseTypes.Length} sparse, {denseTypes.Length} dense, {raggedTypes.Length} ragged keys and {denseTypes.Length} defaults, "
                + $"got {sparseKeys.Length}, {denseKeys.Length}, {raggedKeys.Length} and {defaults.Length}");
        }
        var features = new List<ExampleFeature>();
        for (var i = 0; i < sparseKeys.Length; i++)
            features.Add(new(FeatureKind.Sparse, sparseKeys[i], sparseTypes[i]));
        for (var i = 0; i < denseKeys.Length; i++)
            features.Add(Dense(denseKeys[i], denseTypes[i], denseShapes[i], defaults[i], i));
        for (var i = 0; i < raggedKeys.Length; i++)
            features.Add(new(FeatureKind.Ragged, raggedKeys[i], raggedTypes[i]) { SplitType = splitTypes[i] });
        return features;
    }

    private static ExampleFeature Dense(byte[] key, DType type, PartialShape shape, Tensor value, int i)
    {
        var feature = new ExampleFeature(FeatureKind.Dense, key, type) { Shape = shape, Default = value };
        if (value.Type != type)
            throw EngineException.InvalidArgument($"dense_defaults[{i}].dtype() == {value.Type.Name()} != dense_types_[{i}] == {type.Name()}");
        if (feature.IsPadded)
        {
            if (value.Count != 1)
            {
                throw EngineException.InvalidArgument($"dense_shape[{i}] is a variable length shape: {shape}, therefore def_value[{i}] must contain a single element "
                    + $"(\"the padding element\").  But its shape is: {value.Shape}");
            }
        }
        else if (value.Count > 0 && !shape.IsCompatibleWith(value.Shape))
        {
            throw EngineException.InvalidArgument($"def_value[{i}].shape() == {value.Shape} is not compatible with dense_shapes_[{i}] == {shape}");
        }
        return feature;
    }
}
