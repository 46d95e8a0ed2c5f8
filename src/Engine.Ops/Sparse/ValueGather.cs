using System.Runtime.CompilerServices;
using Engine.Ops.Arrays;

namespace Engine.Ops.Sparse;

/// <summary>Moves values of any element type to where entries went.</summary>
internal static class ValueGather
{
    /// <summary>Writes element <c>positions[i]</c> of <paramref name="source"/> to element <paramref name="offset"/> + i of <paramref name="result"/>.</summary>
    internal static void Run(Tensor source, ReadOnlySpan<int> positions, Tensor result, long offset = 0)
    {
        var action = new Move(source, positions, result, offset);
        Elements.Dispatch(result.Type, ref action);
    }

    private readonly ref struct Move(Tensor source, ReadOnlySpan<int> positions, Tensor result, long offset) : IElementAction
    {
        private readonly ReadOnlySpan<int> positions = positions;

        public void Invoke<T>()
        {
            if (positions.Length == 0)
                return;
            ref var from = ref Elements.First<T>(source);
            ref var to = ref Unsafe.Add(ref Elements.First<T>(result), (nint)offset);
            for (var i = 0; i < positions.Length; i++)
                Unsafe.Add(ref to, i) = Unsafe.Add(ref from, positions[i]);
        }
    }
}
