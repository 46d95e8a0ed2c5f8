using Engine.Ops.Lanes;

namespace Engine.Ops.Pooling;

/// <summary>What a pooling makes of the elements of a window.</summary>
internal interface IPoolingStep
{
    /// <summary>What it starts from.</summary>
    static abstract V Start<W, V>()
        where W : struct, IFloatLanes<V, float>;

    /// <summary>Takes in an element.</summary>
    static abstract V Add<W, V>(V x, V result)
        where W : struct, IFloatLanes<V, float>;

    /// <summary>The result of so many elements.</summary>
    static abstract V End<W, V>(V result, float count)
        where W : struct, IFloatLanes<V, float>;
}
