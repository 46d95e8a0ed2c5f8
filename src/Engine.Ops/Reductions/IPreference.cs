using System.Numerics;
using Engine.Ops.Lanes;

namespace Engine.Ops.Reductions;

/// <summary>Which of two elements a search looks for.</summary>
internal interface IPreference
{
    /// <summary>Whether <paramref name="x"/> is strictly better; false where either is NaN.</summary>
    static abstract bool IsBetter<T>(T x, T than) where T : INumber<T>;

    /// <summary>Mask of the lanes where <paramref name="x"/> is strictly better; clear where either is NaN.</summary>
    static abstract V IsBetter<W, V, T>(V x, V than) where W : struct, INumberLanes<V, T> where T : unmanaged;

    /// <summary>Than which no number is worse.</summary>
    static abstract T Worst<T>() where T : INumber<T>;
}
