using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Runtime;

namespace Engine.Ops.Traversal;

/// <summary>Whole tensors of 16-bit floats as floats and back, for kernels that read elements in an order of their own.</summary>
internal static class WideTensor
{
    /// <summary>A float copy of a float16 or bfloat16 tensor; the caller disposes it.</summary>
    internal static unsafe Tensor Of<TNarrow>(KernelContext context, Tensor narrow) where TNarrow : unmanaged
    {
        var wide = context.Temporary(DType.Float32, narrow.Shape);
        var body = new WidenRange<TNarrow>(narrow.Pointer<TNarrow>(), wide.Pointer<float>(), narrow.Count);
        context.Workers.Run((narrow.Count + NarrowBlock.Size - 1) / NarrowBlock.Size, NarrowBlock.Size / 8, ref body);
        return wide;
    }

    /// <summary>Rounds floats into a float16 or bfloat16 tensor of as many elements.</summary>
    internal static void Narrow<TNarrow>(Tensor wide, Tensor narrow) where TNarrow : unmanaged
    {
        for (nint i = 0; i < (nint)wide.Count; i += NarrowBlock.Size)
        {
            var n = (int)Math.Min(NarrowBlock.Size, (nint)wide.Count - i);
            NarrowBlock.Narrow(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref wide.Start<float>(), i), n), ref Unsafe.Add(ref narrow.Start<TNarrow>(), i));
        }
    }

    private readonly unsafe struct WidenRange<TNarrow>(TNarrow* narrow, float* wide, long count) : IRangeBody where TNarrow : unmanaged
    {
        public void Invoke(long start, long end)
        {
            for (var block = start; block < end; block++)
            {
                var first = block * NarrowBlock.Size;
                var n = (int)Math.Min(NarrowBlock.Size, count - first);
                NarrowBlock.Widen(ref narrow[first], new Span<float>(wide + first, n));
            }
        }
    }
}
