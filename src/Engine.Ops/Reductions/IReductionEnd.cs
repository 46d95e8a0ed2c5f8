namespace Engine.Ops.Reductions;

/// <summary>What happens to the results of a reduction at last.</summary>
internal interface IReductionEnd
{
    /// <summary>Changes the results in place.</summary>
    /// <param name="result">The first result.</param>
    /// <param name="count">Number of results.</param>
    /// <param name="reduced">How many elements made one of them.</param>
    static abstract void Finish<T>(ref T result, nint count, long reduced) where T : unmanaged, System.Numerics.INumber<T>;
}

/// <summary>The results stay.</summary>
internal readonly struct NoEnd : IReductionEnd
{
    public static void Finish<T>(ref T result, nint count, long reduced) where T : unmanaged, System.Numerics.INumber<T>
    {
    }
}
