using System.Numerics;

namespace Engine.Ops.State;

/// <summary>What an update does to a variable's elements, for all number types.</summary>
internal interface INumberUpdate
{
    /// <summary>Changes <paramref name="target"/> by as many elements of <paramref name="update"/>.</summary>
    static abstract void Apply<T>(Span<T> target, ReadOnlySpan<T> update) where T : unmanaged, INumberBase<T>;

    /// <summary>Changes all of <paramref name="target"/> by one number.</summary>
    static abstract void Apply<T>(Span<T> target, T update) where T : unmanaged, INumberBase<T>;
}
