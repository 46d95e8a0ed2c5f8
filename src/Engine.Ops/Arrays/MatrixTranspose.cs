using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Engine.Ops.Arrays;

/// <summary>Transposes a matrix that is contiguous along its columns in the source and along its rows in the destination, in tiles that stay in the cache.</summary>
internal static class MatrixTranspose
{
    private const int Tile = 16;

    /// <summary>Element (i, j) lies at <c>i</c> elements and <c>j * sourceStride</c> bytes in the source, at <c>i * destinationStride</c> bytes and <c>j</c> elements in the destination.</summary>
    internal static void Run<T>(ref T source, ref T destination, nint rows, nint columns, nint sourceStride, nint destinationStride)
    {
        for (nint j = 0; j < columns; j += Tile)
        {
            var width = Math.Min(Tile, columns - j);
            for (nint i = 0; i < rows; i += Tile)
            {
                ref var from = ref Unsafe.Add(ref Unsafe.AddByteOffset(ref source, j * sourceStride), i);
                ref var to = ref Unsafe.Add(ref Unsafe.AddByteOffset(ref destination, i * destinationStride), j);
                var height = Math.Min(Tile, rows - i);
                if (Unsafe.SizeOf<T>() == 4 && Avx.IsSupported && typeof(T) == typeof(uint) && width == Tile && height == Tile)
                    Full(ref Unsafe.As<T, float>(ref from), ref Unsafe.As<T, float>(ref to), sourceStride, destinationStride);
                else
                    Any(ref from, ref to, height, width, sourceStride, destinationStride);
            }
        }
    }

    private static void Any<T>(ref T source, ref T destination, nint rows, nint columns, nint sourceStride, nint destinationStride)
    {
        for (nint i = 0; i < rows; i++)
        {
            ref var from = ref Unsafe.Add(ref source, i);
            ref var to = ref Unsafe.AddByteOffset(ref destination, i * destinationStride);
            for (nint j = 0; j < columns; j++)
                Unsafe.Add(ref to, j) = Unsafe.AddByteOffset(ref from, j * sourceStride);
        }
    }

    private static void Full(ref float source, ref float destination, nint sourceStride, nint destinationStride)
    {
        for (nint j = 0; j < Tile; j += 8)
        {
            for (nint i = 0; i < Tile; i += 8)
            {
                Eight(ref Unsafe.Add(ref Unsafe.AddByteOffset(ref source, j * sourceStride), i),
                    ref Unsafe.Add(ref Unsafe.AddByteOffset(ref destination, i * destinationStride), j), sourceStride, destinationStride);
            }
        }
    }

    // Eight rows of eight: pairs are interleaved, then pairs of pairs, then halves of registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(ref float source, ref float destination, nint sourceStride, nint destinationStride)
    {
        var a = Load(ref source, sourceStride, 0);
        var b = Load(ref source, sourceStride, 1);
        var c = Load(ref source, sourceStride, 2);
        var d = Load(ref source, sourceStride, 3);
        var e = Load(ref source, sourceStride, 4);
        var f = Load(ref source, sourceStride, 5);
        var g = Load(ref source, sourceStride, 6);
        var h = Load(ref source, sourceStride, 7);
        var (ab, ab2) = (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b));
        var (cd, cd2) = (Avx.UnpackLow(c, d), Avx.UnpackHigh(c, d));
        var (ef, ef2) = (Avx.UnpackLow(e, f), Avx.UnpackHigh(e, f));
        var (gh, gh2) = (Avx.UnpackLow(g, h), Avx.UnpackHigh(g, h));
        Halves(ref destination, destinationStride, 0, Avx.Shuffle(ab, cd, 0x44), Avx.Shuffle(ef, gh, 0x44));
        Halves(ref destination, destinationStride, 1, Avx.Shuffle(ab, cd, 0xEE), Avx.Shuffle(ef, gh, 0xEE));
        Halves(ref destination, destinationStride, 2, Avx.Shuffle(ab2, cd2, 0x44), Avx.Shuffle(ef2, gh2, 0x44));
        Halves(ref destination, destinationStride, 3, Avx.Shuffle(ab2, cd2, 0xEE), Avx.Shuffle(ef2, gh2, 0xEE));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ref float source, nint stride, nint row) => Vector256.LoadUnsafe(ref Unsafe.AddByteOffset(ref source, row * stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Halves(ref float destination, nint stride, nint row, Vector256<float> left, Vector256<float> right)
    {
        Avx.Permute2x128(left, right, 0x20).StoreUnsafe(ref Unsafe.AddByteOffset(ref destination, row * stride));
        Avx.Permute2x128(left, right, 0x31).StoreUnsafe(ref Unsafe.AddByteOffset(ref destination, (row + 4) * stride));
    }
}
