using System.Numerics;

namespace Engine.Ops.State;

/// <summary>The number updates as row updates of one type.</summary>
internal readonly struct NumberRows<TUpdate, T> : IRowUpdate<T> where TUpdate : struct, INumberUpdate where T : unmanaged, INumberBase<T>
{
    public static void Apply(Span<T> row, ReadOnlySpan<T> update) => TUpdate.Apply(row, update);

    public static void Apply(Span<T> row, T update) => TUpdate.Apply(row, update);
}
