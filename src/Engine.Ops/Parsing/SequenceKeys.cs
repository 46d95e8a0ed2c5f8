namespace Engine.Ops.Parsing;

/// <summary>The keys of the features of sequence examples that an op asks for, and what stands in for missing ones.</summary>
internal sealed record SequenceKeys
{
    internal byte[][] ContextSparse { get; init; } = [];

    internal byte[][] ContextDense { get; init; } = [];

    internal byte[][] ContextRagged { get; init; } = [];

    internal byte[][] ListSparse { get; init; } = [];

    internal byte[][] ListDense { get; init; } = [];

    internal byte[][] ListRagged { get; init; } = [];

    /// <summary>Whether a dense list may be missing, by its position.</summary>
    internal Func<int, bool> MayBeMissing { get; init; } = _ => false;

    /// <summary>Default values of dense features of the context.</summary>
    internal Tensor[] Defaults { get; init; } = [];
}
