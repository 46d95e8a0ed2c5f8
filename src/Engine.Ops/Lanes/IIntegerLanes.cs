namespace Engine.Ops.Lanes;

/// <summary>Lanes of integers: everything <see cref="INumberLanes{V, T}"/> has, under a name that bodies on integers ask for.</summary>
/// <typeparam name="V">The register.</typeparam>
/// <typeparam name="T">The integer in a lane.</typeparam>
internal interface IIntegerLanes<V, T> : INumberLanes<V, T> where T : unmanaged
{
    /// <summary>The number of set bits in each lane.</summary>
    static abstract V PopCount(V x);
}
