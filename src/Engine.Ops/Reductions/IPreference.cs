using System.Numerics;

namespace Engine.Ops.Reductions;

/// <summary>Which of two elements a search looks for.</summary>
internal interface IPreference
{
    /// <summary>Whether <paramref name="x"/> is strictly better; false where either is NaN.</summary>
    static abstract bool IsBetter<T>(T x, T than) where T : INumber<T>;
}
