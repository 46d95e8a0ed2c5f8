using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>Rows of a few tensors side by side, as channels of images are concatenated: the result is written from its first byte to its last.</summary>
internal unsafe struct ConcatRows : IRangeBody
{
    private const int MostInputs = 8;

    private Inputs _inputs;
    private byte* _result;
    private long _width;
    private int _count;

    /// <summary>Concatenates inputs of <paramref name="rows"/> rows; false for tensors that this does not know.</summary>
    public static bool Run(KernelContext context, int first, int count, Tensor result, long rows)
    {
        if (count > MostInputs || result.Type.IsObject())
            return false;
        var body = new ConcatRows { _result = result.Pointer<byte>() };
        for (var i = 0; i < count; i++)
        {
            var input = context.Input(first + i);
            var length = input.Count / rows * Elements.Stride(input.Type);
            if (length == 0)
                continue;
            body._inputs[body._count++] = new((nint)input.Pointer<byte>(), length);
            body._width += length;
        }
        context.Workers.Run(rows, Math.Max(1, body._width / 16), ref body);
        return true;
    }

    /// <summary>Writes rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke(long start, long end)
    {
        var inputs = _inputs;
        var to = _result + (start * _width);
        for (var row = start; row < end; row++)
        {
            for (var i = 0; i < _count; i++)
            {
                var (address, length) = inputs[i];
                Copy((byte*)address + (row * length), to, length);
                to += length;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(byte* from, byte* to, long length)
    {
        if (length >= 512)
        {
            Buffer.MemoryCopy(from, to, length, length);
        }
        else if (length >= 32)
        {
            for (long i = 0; i < length - 32; i += 32)
                Vector256.Load(from + i).Store(to + i);
            Vector256.Load(from + length - 32).Store(to + length - 32);
        }
        else
        {
            long i = 0;
            for (; i + 4 <= length; i += 4)
                *(uint*)(to + i) = *(uint*)(from + i);
            for (; i < length; i++)
                to[i] = from[i];
        }
    }

    private readonly record struct Part(nint Address, long Length);

    [InlineArray(MostInputs)]
    private struct Inputs
    {
        private Part _first;
    }
}
