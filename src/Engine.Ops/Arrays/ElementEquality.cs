using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Engine.Ops.Arrays;

/// <summary>Equality as <c>==</c> has it: NaN differs from everything, -0 is 0.</summary>
internal sealed class ElementEquality<T> : IEqualityComparer<T> where T : unmanaged, INumberBase<T>
{
    internal static ElementEquality<T> Instance { get; } = new();

    public bool Equals(T x, T y) => x == y;

    public int GetHashCode(T value) => T.IsZero(value) ? 0 : value.GetHashCode();
}

/// <summary>Strings by their bytes.</summary>
internal sealed class ByteEquality : IEqualityComparer<byte[]>
{
    internal static ByteEquality Instance { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode([DisallowNull] byte[] value)
    {
        var hash = new HashCode();
        hash.AddBytes(value);
        return hash.ToHashCode();
    }
}
