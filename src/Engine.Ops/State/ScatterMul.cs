using System.Numerics;
using System.Numerics.Tensors;

namespace Engine.Ops.State;

/// <summary>Multiplies.</summary>
internal readonly struct ScatterMul : INumberUpdate
{
    public static void Apply<T>(Span<T> target, ReadOnlySpan<T> update) where T : unmanaged, INumberBase<T> => TensorPrimitives.Multiply(target, update, target);

    public static void Apply<T>(Span<T> target, T update) where T : unmanaged, INumberBase<T> => TensorPrimitives.Multiply(target, update, target);
}
