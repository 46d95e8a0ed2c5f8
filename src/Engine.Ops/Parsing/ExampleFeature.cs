namespace Engine.Ops.Parsing;

/// <summary>How a feature is delivered.</summary>
internal enum FeatureKind
{
    /// <summary>A tensor of a fixed shape, or padded in its first dimension.</summary>
    Dense,
    /// <summary>Indices, values, shape.</summary>
    Sparse,
    /// <summary>Values and row splits.</summary>
    Ragged,
}

/// <summary>A feature that a parsing op asks for, and what was read of it so far.</summary>
internal sealed class ExampleFeature(FeatureKind kind, byte[] key, DType type)
{
    internal FeatureKind Kind => kind;

    internal byte[] Key => key;

    internal DType Type => type;

    /// <summary>All values, one example after the other.</summary>
    internal FeatureValues Values { get; } = new(type);

    /// <summary>Where the values of each example end.</summary>
    internal List<int> Ends { get; } = [];

    /// <summary>Of a dense feature: its shape; -1 first for one that is padded.</summary>
    internal PartialShape Shape { get; init; } = PartialShape.Unknown;

    /// <summary>Of a dense feature: the default value; empty when the feature is required.</summary>
    internal Tensor? Default { get; init; }

    /// <summary>Type of the splits of a ragged feature.</summary>
    internal DType SplitType { get; init; }

    /// <summary>Whether a dense feature has any number of rows.</summary>
    internal bool IsPadded => kind == FeatureKind.Dense && Shape.Rank > 0 && Shape[0] < 0;

    /// <summary>Elements of a row of a padded feature, of the whole for a fixed one.</summary>
    internal long Stride => IsPadded ? Shape.Slice(1).Count : Shape.Count;

    /// <summary>Number of values of an example.</summary>
    internal int CountOf(int example) => Ends[example] - StartOf(example);

    /// <summary>Where the values of an example begin.</summary>
    internal int StartOf(int example) => example == 0 ? 0 : Ends[example - 1];
}
