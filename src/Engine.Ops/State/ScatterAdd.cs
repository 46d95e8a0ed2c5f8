using System.Numerics;
using System.Numerics.Tensors;

namespace Engine.Ops.State;

/// <summary>Adds.</summary>
internal readonly struct ScatterAdd : INumberUpdate
{
    public static void Apply<T>(Span<T> target, ReadOnlySpan<T> update) where T : unmanaged, INumberBase<T> => TensorPrimitives.Add(target, update, target);

    public static void Apply<T>(Span<T> target, T update) where T : unmanaged, INumberBase<T> => TensorPrimitives.Add(target, update, target);
}
