using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Engine;

/// <summary>A fully known shape: up to 254 dimensions, each 0 or more. Immutable; <c>[2, 3]</c> in code.</summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IEquatable<Shape>
{
    /// <summary>TensorFlow's limit on the number of dimensions.</summary>
    public const int MaxRank = 254;

    private readonly long[] dims;

    /// <summary>The shape with these dimensions.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for a negative dimension, more than 254 of them, or more than 2^63 - 1 elements.</exception>
    public Shape(params ReadOnlySpan<long> dimensions) : this(dimensions.ToArray(), 0)
    {
    }

    private Shape(long[] owned, int _)
    {
        dims = owned;
        if (owned.Length > MaxRank)
            throw EngineException.InvalidArgument($"A shape has at most {MaxRank} dimensions, not {owned.Length}.");
        var count = 1L;
        foreach (var d in owned)
        {
            if (d < 0)
                throw EngineException.InvalidArgument($"Dimension {d} of [{string.Join(',', owned)}] must not be negative.");
            // Not Int128, which is never compiled ahead.
            if (Math.BigMul(count, d, out var product) != 0 || product < 0)
                throw EngineException.InvalidArgument($"Shape [{string.Join(',', owned)}] has too many elements: encountered overflow.");
            count = product;
        }
        Count = count;
    }

    /// <summary>The shape of a single element, with no dimension.</summary>
    public static Shape Scalar { get; } = new([], 0);

    /// <summary>The shape of a collection expression: that with these dimensions.</summary>
    public static Shape Create(ReadOnlySpan<long> dimensions) => new(dimensions);

    /// <summary>Enumerates the dimensions.</summary>
    public ReadOnlySpan<long>.Enumerator GetEnumerator() => Dims.GetEnumerator();

    /// <summary>Number of elements: the product of the dimensions, 1 for a scalar.</summary>
    public long Count { get; }

    /// <summary>Number of dimensions.</summary>
    public int Rank => dims.Length;

    /// <summary>The dimensions.</summary>
    public ReadOnlySpan<long> Dims => dims;

    /// <summary>Dimension <paramref name="index"/>; a negative index counts from the end.</summary>
    public long this[int index] => dims[index < 0 ? index + dims.Length : index];

    /// <summary>The shape [<paramref name="length"/>].</summary>
    public static Shape Vector(long length) => new([length], 0);

    /// <summary>The shape [<paramref name="rows"/>, <paramref name="columns"/>].</summary>
    public static Shape Matrix(long rows, long columns) => new([rows, columns], 0);

    /// <summary>The shape of 32-bit dimensions.</summary>
    public static Shape FromInts(ReadOnlySpan<int> dimensions)
    {
        var d = new long[dimensions.Length];
        for (var i = 0; i < d.Length; i++)
            d[i] = dimensions[i];
        return new(d, 0);
    }

    /// <summary>The dimensions <paramref name="start"/> to <paramref name="end"/> (exclusive; the rank by default).</summary>
    public Shape Slice(int start, int? end = null) => new(dims[start..(end ?? Rank)], 0);

    /// <summary>This shape followed by <paramref name="other"/>.</summary>
    public Shape Concat(Shape other) => Rank == 0 ? other : other.Rank == 0 ? this : new([.. dims, .. other.dims], 0);

    /// <summary>This shape with one dimension replaced.</summary>
    public Shape With(int index, long value)
    {
        var d = (long[])dims.Clone();
        d[index < 0 ? index + d.Length : index] = value;
        return new(d, 0);
    }

    /// <summary>The product of dimensions <paramref name="start"/> to <paramref name="end"/> (exclusive).</summary>
    public long CountOf(int start, int end)
    {
        var n = 1L;
        for (var i = start; i < end; i++)
            n *= dims[i];
        return n;
    }

    /// <summary>Row-major strides in elements.</summary>
    public long[] Strides()
    {
        var s = new long[Rank];
        var n = 1L;
        for (var i = Rank - 1; i >= 0; i--)
        {
            s[i] = n;
            n *= dims[i];
        }
        return s;
    }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] Shape? other) => ReferenceEquals(this, other) || (other is not null && dims.AsSpan().SequenceEqual(other.dims));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var h = new HashCode();
        foreach (var d in dims)
            h.Add(d);
        return h.ToHashCode();
    }

    /// <summary>TensorFlow's form: <c>[2,3]</c>, <c>[]</c> for a scalar.</summary>
    public override string ToString() => $"[{string.Join(',', dims)}]";

    /// <summary>Equal dimensions.</summary>
    public static bool operator ==(Shape? a, Shape? b) => a is null ? b is null : a.Equals(b);

    /// <summary>Different dimensions.</summary>
    public static bool operator !=(Shape? a, Shape? b) => !(a == b);
}
