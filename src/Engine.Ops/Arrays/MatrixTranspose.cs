using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Engine.Ops.Arrays;

/// <summary>Transposes a matrix that is contiguous along its columns in the source and along its rows in the destination, in tiles that stay in the cache.</summary>
/// <remarks>Compiled with all optimizations at the first call: a large transposition must not wait for the second tier.</remarks>
internal static class MatrixTranspose
{
    private const int Tile = 16;

    /// <summary>Rows that are a multiple of this apart share a few sets of the cache and drive each other out: a tile is read once, into a buffer.</summary>
    private const int AliasingStride = 1024;

    /// <summary>Element (i, j) lies at <c>i</c> elements and <c>j * sourceStride</c> bytes in the source, at <c>i * destinationStride</c> bytes and <c>j</c> elements in the destination.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
                if (typeof(T) == typeof(uint) && Avx.IsSupported && width == Tile && height == Tile)
                    Words(ref Unsafe.As<T, float>(ref from), ref Unsafe.As<T, float>(ref to), sourceStride, destinationStride);
                else if (typeof(T) == typeof(byte) && Interleave.IsSupported && width == Tile && height == Tile)
                    Bytes(ref Unsafe.As<T, byte>(ref from), ref Unsafe.As<T, byte>(ref to), sourceStride, destinationStride);
                else if (typeof(T) == typeof(ushort) && Interleave.IsSupported && width == Tile && height == Tile)
                    Halves(ref Unsafe.As<T, ushort>(ref from), ref Unsafe.As<T, ushort>(ref to), sourceStride, destinationStride);
                else
                    Any(ref from, ref to, height, width, sourceStride, destinationStride);
            }
        }
    }

    private static void Any<T>(ref T source, ref T destination, nint rows, nint columns, nint sourceStride, nint destinationStride)
    {
        // The longer side is the inner loop.
        if (columns < rows)
        {
            for (nint j = 0; j < columns; j++)
            {
                ref var from = ref Unsafe.AddByteOffset(ref source, j * sourceStride);
                ref var to = ref Unsafe.Add(ref destination, j);
                for (nint i = 0; i < rows; i++)
                    Unsafe.AddByteOffset(ref to, i * destinationStride) = Unsafe.Add(ref from, i);
            }
            return;
        }
        for (nint i = 0; i < rows; i++)
        {
            ref var from = ref Unsafe.Add(ref source, i);
            ref var to = ref Unsafe.AddByteOffset(ref destination, i * destinationStride);
            for (nint j = 0; j < columns; j++)
                Unsafe.Add(ref to, j) = Unsafe.AddByteOffset(ref from, j * sourceStride);
        }
    }

    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Bytes(ref byte source, ref byte destination, nint sourceStride, nint destinationStride)
    {
        Span<Vector128<byte>> x = stackalloc Vector128<byte>[16];
        Span<Vector128<byte>> y = stackalloc Vector128<byte>[16];
        for (var j = 0; j < 16; j++)
            x[j] = Vector128.LoadUnsafe(ref Unsafe.AddByteOffset(ref source, j * sourceStride));
        // Interleaving the first half of the rows with the second, as often as the length can be halved, transposes.
        for (var round = 0; round < 2; round++)
        {
            for (var k = 0; k < 8; k++)
                (y[2 * k], y[2 * k + 1]) = (Interleave.Low(x[k], x[k + 8]), Interleave.High(x[k], x[k + 8]));
            for (var k = 0; k < 8; k++)
                (x[2 * k], x[2 * k + 1]) = (Interleave.Low(y[k], y[k + 8]), Interleave.High(y[k], y[k + 8]));
        }
        for (var i = 0; i < 16; i++)
            x[i].StoreUnsafe(ref Unsafe.AddByteOffset(ref destination, i * destinationStride));
    }

    private static void Halves(ref ushort source, ref ushort destination, nint sourceStride, nint destinationStride)
    {
        for (nint i = 0; i < Tile; i += 8)
        {
            for (nint j = 0; j < Tile; j += 8)
            {
                EightHalves(ref Unsafe.Add(ref Unsafe.AddByteOffset(ref source, j * sourceStride), i),
                    ref Unsafe.Add(ref Unsafe.AddByteOffset(ref destination, i * destinationStride), j), sourceStride, destinationStride);
            }
        }
    }

    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightHalves(ref ushort source, ref ushort destination, nint sourceStride, nint destinationStride)
    {
        Span<Vector128<ushort>> x = stackalloc Vector128<ushort>[8];
        Span<Vector128<ushort>> y = stackalloc Vector128<ushort>[8];
        for (var j = 0; j < 8; j++)
            x[j] = Vector128.LoadUnsafe(ref Unsafe.AddByteOffset(ref source, j * sourceStride));
        for (var k = 0; k < 4; k++)
            (y[2 * k], y[2 * k + 1]) = (Interleave.Low(x[k], x[k + 4]), Interleave.High(x[k], x[k + 4]));
        for (var k = 0; k < 4; k++)
            (x[2 * k], x[2 * k + 1]) = (Interleave.Low(y[k], y[k + 4]), Interleave.High(y[k], y[k + 4]));
        for (var k = 0; k < 4; k++)
        {
            Interleave.Low(x[k], x[k + 4]).StoreUnsafe(ref Unsafe.AddByteOffset(ref destination, 2 * k * destinationStride));
            Interleave.High(x[k], x[k + 4]).StoreUnsafe(ref Unsafe.AddByteOffset(ref destination, (2 * k + 1) * destinationStride));
        }
    }

    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Words(ref float source, ref float destination, nint sourceStride, nint destinationStride)
    {
        if (sourceStride % AliasingStride == 0)
        {
            Span<float> tile = stackalloc float[Tile * Tile];
            for (var j = 0; j < Tile; j++)
                Vector512.LoadUnsafe(ref Unsafe.AddByteOffset(ref source, j * sourceStride)).CopyTo(tile[(j * Tile)..]);
            Quarters(ref tile[0], ref destination, Tile * sizeof(float), destinationStride);
            return;
        }
        Quarters(ref source, ref destination, sourceStride, destinationStride);
    }

    // A row of the destination, a cache line, is written at once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Quarters(ref float source, ref float destination, nint sourceStride, nint destinationStride)
    {
        for (nint i = 0; i < Tile; i += 8)
        {
            for (nint j = 0; j < Tile; j += 8)
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
        StorePair(ref destination, destinationStride, 0, Avx.Shuffle(ab, cd, 0x44), Avx.Shuffle(ef, gh, 0x44));
        StorePair(ref destination, destinationStride, 1, Avx.Shuffle(ab, cd, 0xEE), Avx.Shuffle(ef, gh, 0xEE));
        StorePair(ref destination, destinationStride, 2, Avx.Shuffle(ab2, cd2, 0x44), Avx.Shuffle(ef2, gh2, 0x44));
        StorePair(ref destination, destinationStride, 3, Avx.Shuffle(ab2, cd2, 0xEE), Avx.Shuffle(ef2, gh2, 0xEE));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ref float source, nint stride, nint row) => Vector256.LoadUnsafe(ref Unsafe.AddByteOffset(ref source, row * stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(ref float destination, nint stride, nint row, Vector256<float> left, Vector256<float> right)
    {
        Avx.Permute2x128(left, right, 0x20).StoreUnsafe(ref Unsafe.AddByteOffset(ref destination, row * stride));
        Avx.Permute2x128(left, right, 0x31).StoreUnsafe(ref Unsafe.AddByteOffset(ref destination, (row + 4) * stride));
    }
}
