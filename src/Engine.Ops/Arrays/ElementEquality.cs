using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Engine.Tensors;

namespace Engine.Ops.Arrays;

/// <summary>Equality as <c>==</c> has it: NaN differs from everything, -0 is 0.</summary>
internal sealed class ElementEquality<T> : IEqualityComparer<T> where T : unmanaged, INumberBase<T>
{
    internal static ElementEquality<T> Instance { get; } = new();

    public bool Equals(T x, T y) => x == y;

    public int GetHashCode(T value) => T.IsZero(value) ? 0 : value.GetHashCode();
}

/// <summary>
/// Equality of single elements as TensorFlow's hash tables have it: those of 16-bit floats tell -0 from 0, since the hash is one of bits. Not so slices.
/// </summary>
internal static class HashedEquality
{
    internal static IEqualityComparer<T> Of<T>(IEqualityComparer<T> equality) => typeof(T) == typeof(Half) || typeof(T) == typeof(BFloat16)
        ? EqualityComparer<T>.Create((x, y) => equality.Equals(x, y) && IsNegative(x!) == IsNegative(y!), x => x!.GetHashCode())
        : equality;

    private static bool IsNegative<T>(T value) => value switch
    {
        Half h => Half.IsNegative(h),
        BFloat16 b => BFloat16.IsNegative(b),
        _ => false,
    };
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
