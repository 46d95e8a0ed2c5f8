using System.Runtime.CompilerServices;

namespace Engine;

/// <summary>A shape of which the rank or some dimensions may be unknown (-1). Immutable; <c>[-1, 3]</c> in code.</summary>
[CollectionBuilder(typeof(PartialShape), nameof(Create))]
public sealed class PartialShape : IEquatable<PartialShape>
{
    private readonly long[]? dims;

    private PartialShape(long[]? dimensions) => dims = dimensions;

    /// <summary>The shape with these dimensions, -1 for an unknown one.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for a dimension below -1 or more than 254 of them.</exception>
    public PartialShape(params ReadOnlySpan<long> dimensions)
    {
        if (dimensions.Length > Shape.MaxRank)
            throw EngineException.InvalidArgument($"A shape has at most {Shape.MaxRank} dimensions, not {dimensions.Length}.");
        foreach (var d in dimensions)
        {
            if (d < -1)
                throw EngineException.InvalidArgument($"Dimension {d} must be -1 (unknown) or more.");
        }
        dims = dimensions.ToArray();
    }

    /// <summary>Nothing is known, not even the rank.</summary>
    public static PartialShape Unknown { get; } = new((long[]?)null);

    /// <summary>No dimension.</summary>
    public static PartialShape Scalar { get; } = new([]);

    /// <summary>The shape of a collection expression: that with these dimensions, -1 for an unknown one.</summary>
    public static PartialShape Create(ReadOnlySpan<long> dimensions) => new(dimensions);

    /// <summary>Enumerates the dimensions; none when the rank is unknown.</summary>
    public ReadOnlySpan<long>.Enumerator GetEnumerator() => Dims.GetEnumerator();

    /// <summary>Whether the rank is known.</summary>
    public bool HasRank => dims is not null;

    /// <summary>Number of dimensions, -1 when unknown.</summary>
    public int Rank => dims?.Length ?? -1;

    /// <summary>The dimensions; empty when the rank is unknown.</summary>
    public ReadOnlySpan<long> Dims => dims;

    /// <summary>Dimension <paramref name="index"/> (negative counts from the end), -1 when it or the rank is unknown.</summary>
    public long this[int index] => dims is null ? -1 : dims[index < 0 ? index + dims.Length : index];

    /// <summary>Whether every dimension is known.</summary>
    public bool IsFullyKnown => dims is not null && !dims.AsSpan().Contains(-1);

    /// <summary>The shape [<paramref name="length"/>].</summary>
    public static PartialShape Vector(long length) => new([length]);

    /// <summary>A shape of known rank whose dimensions are unknown.</summary>
    public static PartialShape OfRank(int rank)
    {
        var d = new long[rank];
        Array.Fill(d, -1);
        return new(d.AsSpan());
    }

    /// <summary>The known shape.</summary>
    public Shape ToShape() => IsFullyKnown ? new Shape(dims) : throw EngineException.InvalidArgument($"Shape {this} is not fully known.");

    /// <summary>A known shape is also a partial one.</summary>
    public static implicit operator PartialShape(Shape shape) => new(shape.Dims);

    /// <summary>Whether a tensor of shape <paramref name="shape"/> fits. Allocates nothing.</summary>
    public bool IsCompatibleWith(Shape shape)
    {
        if (dims is null)
            return true;
        if (dims.Length != shape.Rank)
            return false;
        for (var i = 0; i < dims.Length; i++)
        {
            if (dims[i] >= 0 && dims[i] != shape[i])
                return false;
        }
        return true;
    }

    /// <summary>Whether a tensor may have both shapes.</summary>
    public bool IsCompatibleWith(PartialShape shape)
    {
        if (dims is null || shape.dims is null)
            return true;
        if (dims.Length != shape.dims.Length)
            return false;
        for (var i = 0; i < dims.Length; i++)
        {
            if (dims[i] != shape.dims[i] && dims[i] >= 0 && shape.dims[i] >= 0)
                return false;
        }
        return true;
    }

    /// <summary>What both shapes say together.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when they contradict each other.</exception>
    public PartialShape Merge(PartialShape other)
    {
        if (!IsCompatibleWith(other))
        {
            throw EngineException.InvalidArgument(Rank != other.Rank
                ? $"Shapes must be equal rank, but are {Rank} and {other.Rank}: {this} and {other}."
                : $"Dimensions must be equal: {this} and {other}.");
        }
        if (dims is null)
            return other;
        if (other.dims is null)
            return this;
        var d = new long[dims.Length];
        for (var i = 0; i < d.Length; i++)
            d[i] = dims[i] >= 0 ? dims[i] : other.dims[i];
        return new(d.AsSpan());
    }

    /// <summary>Dimensions <paramref name="start"/> to <paramref name="end"/>; unknown when the rank is.</summary>
    public PartialShape Slice(int start, int? end = null) => dims is null ? Unknown : new(dims.AsSpan()[start..(end ?? dims.Length)]);

    /// <summary>This shape followed by <paramref name="other"/>; unknown when either rank is.</summary>
    public PartialShape Concat(PartialShape other) => dims is null || other.dims is null ? Unknown : new((ReadOnlySpan<long>)[.. dims, .. other.dims]);

    /// <summary>This shape with one dimension replaced.</summary>
    public PartialShape With(int index, long value)
    {
        if (dims is null)
            return this;
        var d = (long[])dims.Clone();
        d[index < 0 ? index + d.Length : index] = value;
        return new(d.AsSpan());
    }

    /// <summary>Number of elements, -1 when unknown.</summary>
    public long Count => IsFullyKnown ? ToShape().Count : -1;

    /// <inheritdoc/>
    public bool Equals(PartialShape? other) => other is not null && (dims is null ? other.dims is null : other.dims is not null && dims.AsSpan().SequenceEqual(other.dims));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PartialShape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var h = new HashCode();
        foreach (var d in Dims)
            h.Add(d);
        return h.ToHashCode();
    }

    /// <summary>TensorFlow's form: <c>[?,3]</c>, <c>&lt;unknown&gt;</c>.</summary>
    public override string ToString() => dims is null ? "<unknown>" : $"[{string.Join(',', dims.Select(d => d < 0 ? "?" : $"{d}"))}]";
}
