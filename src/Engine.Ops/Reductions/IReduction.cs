using Engine.Ops.Lanes;

namespace Engine.Ops.Reductions;

/// <summary>An associative combination of numbers, written once for every width.</summary>
internal interface IReduction
{
    /// <summary>What leaves numbers as they are: the result for no number at all.</summary>
    static abstract T Identity<T>() where T : unmanaged, System.Numerics.INumber<T>, System.Numerics.IMinMaxValue<T>;

    /// <summary>Two numbers as one.</summary>
    static abstract V Combine<W, V, T>(V x, V y) where W : struct, INumberLanes<V, T> where T : unmanaged;

    /// <summary>A number as it enters the reduction.</summary>
    static virtual V Enter<W, V, T>(V x) where W : struct, INumberLanes<V, T> where T : unmanaged => x;
}
