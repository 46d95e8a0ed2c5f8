using System.Numerics;

namespace Engine.Ops.State;

/// <summary>Divides. Integers refuse zero; the lowest integer divided by -1 is itself.</summary>
internal readonly struct ScatterDiv : INumberUpdate
{
    public static void Apply<T>(Span<T> target, ReadOnlySpan<T> update) where T : unmanaged, INumberBase<T>
    {
        for (var i = 0; i < target.Length; i++)
            target[i] = Divide(target[i], update[i]);
    }

    public static void Apply<T>(Span<T> target, T update) where T : unmanaged, INumberBase<T>
    {
        foreach (ref var t in target)
            t = Divide(t, update);
    }

    private static T Divide<T>(T x, T y) where T : unmanaged, INumberBase<T>
    {
        // One half is zero for integers alone.
        if (!T.IsZero(T.One / (T.One + T.One)))
            return x / y;
        if (T.IsZero(y))
            throw EngineException.InvalidArgument("Integer division by zero");
        return T.IsNegative(y) && y == -T.One ? -x : x / y;
    }
}
