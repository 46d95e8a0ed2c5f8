namespace Engine.Ops.Reductions;

/// <summary>How a scan goes from one element to the next.</summary>
internal interface IScanStep<T>
{
    /// <summary>What a scan begins with.</summary>
    static abstract T Start { get; }

    /// <summary>The state after one more element.</summary>
    static abstract T Next(T state, T x);
}
