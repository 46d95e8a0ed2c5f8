using System.Numerics;

namespace Engine.Ops.State;

/// <summary>The ordered updates as row updates of one type.</summary>
internal readonly struct RealRows<TUpdate, T> : IRowUpdate<T> where TUpdate : struct, IRealUpdate where T : unmanaged, INumber<T>
{
    public static void Apply(Span<T> row, ReadOnlySpan<T> update)
    {
        for (var i = 0; i < row.Length; i++)
            row[i] = TUpdate.Apply(row[i], update[i]);
    }

    public static void Apply(Span<T> row, T update)
    {
        foreach (ref var r in row)
            r = TUpdate.Apply(r, update);
    }
}
