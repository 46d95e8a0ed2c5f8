using System.Numerics;
using System.Numerics.Tensors;

namespace Engine.Ops.State;

/// <summary>Subtracts.</summary>
internal readonly struct ScatterSub : INumberUpdate
{
    public static void Apply<T>(Span<T> target, ReadOnlySpan<T> update) where T : unmanaged, INumberBase<T> => TensorPrimitives.Subtract(target, update, target);

    public static void Apply<T>(Span<T> target, T update) where T : unmanaged, INumberBase<T> => TensorPrimitives.Subtract(target, update, target);
}
