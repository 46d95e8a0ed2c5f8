namespace Engine.Ops.Lanes;

/// <summary>
/// An elementary function as formulas over lanes, one per precision, for every width. Both answer within two units in the last place
/// of the exact value over the whole domain, with C's answers at infinities, NaN and signed zeros.
/// </summary>
internal interface IFloatFunction
{
    /// <summary>The function on lanes of <see cref="float"/>.</summary>
    static abstract V Single<W, V>(V x) where W : struct, IFloatLanes<V, float>;

    /// <summary>The function on lanes of <see cref="double"/>.</summary>
    static abstract V Double<W, V>(V x) where W : struct, IFloatLanes<V, double>;
}

/// <summary>An elementary function of two arguments; see <see cref="IFloatFunction"/>.</summary>
internal interface IFloatFunction2
{
    /// <summary>The function on lanes of <see cref="float"/>.</summary>
    static abstract V Single<W, V>(V x, V y) where W : struct, IFloatLanes<V, float>;

    /// <summary>The function on lanes of <see cref="double"/>.</summary>
    static abstract V Double<W, V>(V x, V y) where W : struct, IFloatLanes<V, double>;
}
