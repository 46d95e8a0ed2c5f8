using System.Runtime.CompilerServices;

namespace Engine.Ops.Traversal;

/// <summary>A loop over 16-bit floats: blocks of them become floats, go through the float loop and are rounded once when stored.</summary>
internal readonly struct NarrowLoop<TLoop, TNarrow> : IUnaryLoop<TNarrow, TNarrow> where TLoop : struct, IUnaryLoop<float, float> where TNarrow : unmanaged
{
    [SkipLocalsInit]
    public static void Run(ref TNarrow source, ref TNarrow destination, nint count)
    {
        Span<float> block = stackalloc float[NarrowBlock.Size];
        for (nint i = 0; i < count; i += block.Length)
        {
            var n = (int)Math.Min(block.Length, count - i);
            NarrowBlock.Widen(ref Unsafe.Add(ref source, i), block[..n]);
            TLoop.Run(ref block[0], ref block[0], n);
            NarrowBlock.Narrow(block[..n], ref Unsafe.Add(ref destination, i));
        }
    }
}
