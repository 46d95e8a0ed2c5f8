using Engine.Ops.Lanes;

namespace Engine.Ops.Traversal;

/// <summary>An element-wise function of one float, written once for every width.</summary>
internal interface IFloatBody
{
    /// <summary>The function on a register.</summary>
    static abstract V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged;
}

/// <summary>An element-wise function of one number, float or integer.</summary>
internal interface INumberBody
{
    /// <summary>The function on a register.</summary>
    static abstract V Invoke<W, V, T>(V x) where W : struct, INumberLanes<V, T> where T : unmanaged;
}

/// <summary>An element-wise function of two floats.</summary>
internal interface IFloatBody2
{
    /// <summary>The function on registers.</summary>
    static abstract V Invoke<W, V, T>(V x, V y) where W : struct, IFloatLanes<V, T> where T : unmanaged;
}

/// <summary>An element-wise function of two numbers, floats or integers.</summary>
internal interface INumberBody2
{
    /// <summary>The function on registers.</summary>
    static abstract V Invoke<W, V, T>(V x, V y) where W : struct, INumberLanes<V, T> where T : unmanaged;
}

/// <summary>An element-wise function of one element, for types without lanes (complex, narrow or wide results).</summary>
/// <typeparam name="TIn">Element type of the input.</typeparam>
/// <typeparam name="TOut">Element type of the output.</typeparam>
internal interface IScalarBody<TIn, TOut>
{
    /// <summary>The function's value.</summary>
    static abstract TOut Invoke(TIn x);
}

/// <summary>An element-wise function of two elements, for types without lanes, and for comparisons.</summary>
/// <typeparam name="TIn">Element type of the inputs.</typeparam>
/// <typeparam name="TOut">Element type of the output.</typeparam>
internal interface IScalarBody2<TIn, TOut>
{
    /// <summary>The function's value.</summary>
    static abstract TOut Invoke(TIn x, TIn y);
}
