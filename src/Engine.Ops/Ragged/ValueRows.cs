using System.Runtime.CompilerServices;
using Engine.Ops.Arrays;

namespace Engine.Ops.Ragged;

/// <summary>Copies rows of dense values of any element type.</summary>
internal static class ValueRows
{
    /// <summary>Copies <paramref name="count"/> rows from <paramref name="from"/> on to row <paramref name="to"/> of a tensor with rows of as many elements.</summary>
    internal static void Copy(Tensor source, long from, Tensor result, long to, long count)
    {
        var action = new Move(source, from, result, to, count);
        Elements.Dispatch(result.Type, ref action);
    }

    private readonly struct Move(Tensor source, long from, Tensor result, long to, long count) : IElementAction
    {
        public void Invoke<T>()
        {
            var length = source.Shape.CountOf(1, source.Rank);
            if (count * length == 0)
                return;
            Elements.Copy(ref Unsafe.Add(ref Elements.First<T>(source), (nint)(from * length)), ref Unsafe.Add(ref Elements.First<T>(result), (nint)(to * length)), (nint)(count * length));
        }
    }
}
