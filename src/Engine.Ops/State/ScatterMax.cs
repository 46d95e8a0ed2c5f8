using System.Numerics;

namespace Engine.Ops.State;

/// <summary>The larger one.</summary>
internal readonly struct ScatterMax : IRealUpdate
{
    public static T Apply<T>(T element, T update) where T : unmanaged, INumber<T> => update > element ? update : element;
}
