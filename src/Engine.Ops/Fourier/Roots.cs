using System.Numerics;

namespace Engine.Ops.Fourier;

/// <summary>Tables of roots of unity, computed in 64 bits and pinned: kernels read them through pointers while the table lives.</summary>
internal static class Roots
{
    /// <summary>exp(-2πi·<paramref name="numerator"/> / <paramref name="denominator"/>).</summary>
    internal static Complex At(long numerator, long denominator)
    {
        numerator %= denominator;
        if (2 * numerator > denominator)
            numerator -= denominator;
        var (sin, cos) = double.SinCosPi(-2.0 * numerator / denominator);
        return new(cos, sin);
    }

    /// <summary>An array that does not move.</summary>
    internal static T[] Pinned<T>(long count) => GC.AllocateUninitializedArray<T>(checked((int)count), pinned: true);

    /// <summary>Writes a complex number as two of the type.</summary>
    internal static void Set<T>(T[] table, long index, Complex value) where T : unmanaged, IFloatingPointIeee754<T>
    {
        table[2 * index] = T.CreateTruncating(value.Real);
        table[2 * index + 1] = T.CreateTruncating(value.Imaginary);
    }
}
