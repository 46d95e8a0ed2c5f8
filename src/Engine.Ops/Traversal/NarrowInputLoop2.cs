using System.Runtime.CompilerServices;

namespace Engine.Ops.Traversal;

/// <summary>A loop of two arguments over 16-bit floats whose results are of another type, by way of blocks of floats.</summary>
internal readonly struct NarrowInputLoop2<TLoop, TNarrow, TOut> : IBinaryLoop<TNarrow, TOut> where TLoop : struct, IBinaryLoop<float, TOut> where TNarrow : unmanaged
{
    [SkipLocalsInit]
    public static void Run(ref TNarrow x, ref TNarrow y, ref TOut destination, nint count, bool xIsScalar, bool yIsScalar)
    {
        Span<float> left = stackalloc float[NarrowBlock.Size];
        Span<float> right = stackalloc float[NarrowBlock.Size];
        if (xIsScalar)
            NarrowBlock.Widen(ref x, left[..1]);
        if (yIsScalar)
            NarrowBlock.Widen(ref y, right[..1]);
        for (nint i = 0; i < count; i += NarrowBlock.Size)
        {
            var n = (int)Math.Min(NarrowBlock.Size, count - i);
            if (!xIsScalar)
                NarrowBlock.Widen(ref Unsafe.Add(ref x, i), left[..n]);
            if (!yIsScalar)
                NarrowBlock.Widen(ref Unsafe.Add(ref y, i), right[..n]);
            TLoop.Run(ref left[0], ref right[0], ref Unsafe.Add(ref destination, i), n, xIsScalar, yIsScalar);
        }
    }
}
