using System.Numerics;

namespace Engine.Ops.State;

/// <summary>What an update does to a variable's elements, for types with an order.</summary>
internal interface IRealUpdate
{
    /// <summary>The element after the update. A NaN update leaves it as it is.</summary>
    static abstract T Apply<T>(T element, T update) where T : unmanaged, INumber<T>;
}
