using System.Globalization;

namespace Engine.Io.Checkpoints;

/// <summary>
/// A part of a tensor: start and length per dimension, as stored. A dimension that is taken whole has start 0 and length -1; written out as 0 and its size
/// it is the same part, but another slice with another key.
/// </summary>
internal sealed class TensorSlice : IEquatable<TensorSlice>
{
    internal const long Whole = -1;

    private readonly long[] starts;
    private readonly long[] lengths;

    private TensorSlice(long[] starts, long[] lengths)
    {
        this.starts = starts;
        this.lengths = lengths;
    }

    /// <summary>Number of dimensions.</summary>
    internal int Rank => starts.Length;

    /// <summary>Whether every dimension is taken whole.</summary>
    internal bool IsFull => Array.TrueForAll(lengths, l => l == Whole);

    /// <summary>First index in a dimension.</summary>
    internal long Start(int dimension) => starts[dimension];

    /// <summary>Indices taken of a dimension, -1 for all.</summary>
    internal long Length(int dimension) => lengths[dimension];

    /// <summary>All of a tensor.</summary>
    internal static TensorSlice Full(int rank)
    {
        var lengths = new long[rank];
        Array.Fill(lengths, Whole);
        return new(new long[rank], lengths);
    }

    internal static TensorSlice FromProto(Protos.TensorSliceProto proto)
    {
        var starts = new long[proto.Extent.Count];
        var lengths = new long[starts.Length];
        for (var i = 0; i < starts.Length; i++)
        {
            var e = proto.Extent[i];
            starts[i] = e.Start;
            lengths[i] = e.HasLengthCase == Protos.TensorSliceProto.Types.Extent.HasLengthOneofCase.Length ? e.Length : Whole;
        }
        return new(starts, lengths);
    }

    internal Protos.TensorSliceProto ToProto()
    {
        var proto = new Protos.TensorSliceProto();
        for (var i = 0; i < Rank; i++)
        {
            var extent = new Protos.TensorSliceProto.Types.Extent();
            if (lengths[i] != Whole)
                (extent.Start, extent.Length) = (starts[i], lengths[i]);
            proto.Extent.Add(extent);
        }
        return proto;
    }

    /// <summary>Parses what the save and restore ops take: full dimensions separated by blanks, then one part per dimension, <c>10 20 0,5:-</c>.</summary>
    /// <returns>The full shape and the slice.</returns>
    /// <exception cref="EngineException">INVALID_ARGUMENT for other text, INTERNAL for a part beyond its dimension.</exception>
    internal static (Shape FullShape, TensorSlice Slice) ParseSpec(string text)
    {
        var parts = text.Split(' ');
        if (parts.Length < 2)
            throw EngineException.InvalidArgument($"Need least two elements in shape_and_slice specification: {text}");
        var dims = new long[parts.Length - 1];
        for (var i = 0; i < dims.Length; i++)
        {
            if (!TryParse(parts[i], out dims[i]))
                throw EngineException.InvalidArgument($"Non numerical dimension in shape_and_slice: {text}");
        }
        var slice = Parse(parts[^1]);
        if (slice.Rank != dims.Length)
            throw EngineException.InvalidArgument($"Shape and slice have different ranks in '{text}'.");
        var shape = new Shape(dims);
        slice.Of(shape);
        return (shape, slice);
    }

    /// <summary>The shape of this part of a tensor.</summary>
    /// <exception cref="EngineException">INTERNAL for another rank or a part beyond the shape.</exception>
    internal Shape Of(Shape shape)
    {
        if (shape.Rank != Rank)
            throw EngineException.Internal($"Mismatching ranks: shape = {shape}, slice = {this}");
        var dims = new long[Rank];
        for (var i = 0; i < dims.Length; i++)
        {
            dims[i] = lengths[i] == Whole ? shape[i] : lengths[i];
            if (starts[i] > shape[i] - dims[i])
                throw EngineException.Internal($"Extent in dimension {i} out of bounds: shape = {shape}, slice = {this}");
        }
        return new Shape(dims);
    }

    /// <summary>Whether this part and <paramref name="other"/> of the same tensor have elements in common.</summary>
    internal bool Overlaps(TensorSlice other, Shape shape)
    {
        for (var i = 0; i < starts.Length; i++)
        {
            if (Math.Min(End(i, shape), other.End(i, shape)) <= Math.Max(starts[i], other.starts[i]))
                return false;
        }
        return true;
    }

    /// <summary>What this part and <paramref name="other"/> of the same tensor have in common: first indices and lengths; null when nothing.</summary>
    internal (long[] Starts, Shape Shape)? Intersect(TensorSlice other, Shape shape)
    {
        var first = new long[Rank];
        var dims = new long[Rank];
        for (var i = 0; i < dims.Length; i++)
        {
            first[i] = Math.Max(starts[i], other.starts[i]);
            dims[i] = Math.Min(End(i, shape), other.End(i, shape)) - first[i];
            if (dims[i] <= 0)
                return null;
        }
        return (first, new Shape(dims));
    }

    /// <summary>The key under which a checkpoint stores this part of the tensor <paramref name="name"/>.</summary>
    internal byte[] Key(ReadOnlySpan<byte> name)
    {
        var key = new OrderedCode();
        key.WriteNumber(0);
        key.WriteString(name);
        key.WriteNumber((ulong)Rank);
        for (var i = 0; i < Rank; i++)
        {
            key.WriteSigned(starts[i]);
            key.WriteSigned(lengths[i]);
        }
        return key.ToArray();
    }

    public bool Equals(TensorSlice? other) => other is not null && starts.AsSpan().SequenceEqual(other.starts) && lengths.AsSpan().SequenceEqual(other.lengths);

    public override bool Equals(object? obj) => Equals(obj as TensorSlice);

    public override int GetHashCode() => starts.Concat(lengths).Aggregate(0, HashCode.Combine);

    /// <summary>The form of the specifications: <c>0,5:-</c>.</summary>
    public override string ToString() => string.Join(':', starts.Zip(lengths, (s, l) => l == Whole ? "-" : $"{s},{l}"));

    private static TensorSlice Parse(string text)
    {
        var items = text.Length == 0 ? [] : text.Split(':');
        var starts = new long[items.Length];
        var lengths = new long[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i] == "-")
            {
                lengths[i] = Whole;
                continue;
            }
            var comma = items[i].IndexOf(',');
            if (comma < 0 || !TryParse(items[i][..comma], out starts[i]) || !TryParse(items[i][(comma + 1)..], out lengths[i]))
                throw EngineException.InvalidArgument($"Expected a pair of numbers or '-' but got '{items[i]}': string = {text}");
            if (starts[i] < 0 || lengths[i] <= 0)
                throw EngineException.InvalidArgument($"Expected non-negative start and positive length but got start = {starts[i]}, length = {lengths[i]}: string = {text}");
        }
        return new(starts, lengths);
    }

    private static bool TryParse(string text, out long value) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private long End(int i, Shape shape) => lengths[i] == Whole ? shape[i] : starts[i] + lengths[i];
}
