namespace Engine.Ops.Parsing;

/// <summary>Growing lists of what features hold: one of the three is used.</summary>
internal sealed class FeatureValues(DType type)
{
    internal DType Type => type;

    internal List<long> Integers { get; } = [];

    internal List<float> Floats { get; } = [];

    internal List<byte[]> Strings { get; } = [];

    /// <summary>Number of values.</summary>
    internal int Count => type switch { DType.Int64 => Integers.Count, DType.Float32 => Floats.Count, _ => Strings.Count };

    /// <summary>Adds all values of a list of the same type.</summary>
    internal void Add(FeatureValues other)
    {
        Integers.AddRange(other.Integers);
        Floats.AddRange(other.Floats);
        Strings.AddRange(other.Strings);
    }

    /// <summary>Writes values <paramref name="start"/> to start + count at a position of a tensor.</summary>
    internal void CopyTo(int start, int count, Tensor tensor, long at)
    {
        switch (type)
        {
            case DType.Int64: Integers.CopyTo(start, count, tensor, at); break;
            case DType.Float32: Floats.CopyTo(start, count, tensor, at); break;
            default: Strings.CopyTo(start, count, tensor, at); break;
        }
    }
}

/// <summary>Copies parts of lists into tensors.</summary>
internal static class ListCopies
{
    internal static void CopyTo<T>(this List<T> list, int start, int count, Tensor tensor, long at)
        => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list).Slice(start, count).CopyTo(tensor.AsSpan<T>()[(int)at..]);
}
