using System.Numerics;

namespace Engine.Ops.Traversal;

/// <summary>A function of two integers of any type.</summary>
internal interface IIntegerBody2
{
    /// <summary>The function's value.</summary>
    static abstract T Invoke<T>(T x, T y) where T : IBinaryInteger<T>;
}
