namespace Engine.Ops.Lanes;

/// <summary>A function of one number, for <see cref="INumberLanes{V, T}.Map{F}"/>.</summary>
/// <typeparam name="T">The number.</typeparam>
internal interface IScalarFunction<T>
{
    /// <summary>The function's value at <paramref name="x"/>.</summary>
    static abstract T Invoke(T x);
}

/// <summary>A function of two numbers, for <see cref="INumberLanes{V, T}.Map2{F}"/>.</summary>
/// <typeparam name="T">The number.</typeparam>
internal interface IScalarFunction2<T>
{
    /// <summary>The function's value at (<paramref name="x"/>, <paramref name="y"/>).</summary>
    static abstract T Invoke(T x, T y);
}
