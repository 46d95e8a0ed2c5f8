namespace Engine.Ops.Traversal;

/// <summary>A property of floats over memory: a comparison of each element with itself.</summary>
/// <typeparam name="TLoop">The comparison.</typeparam>
/// <typeparam name="T">The float.</typeparam>
internal readonly struct FloatTestLoop<TLoop, T> : IUnaryLoop<T, byte> where TLoop : struct, IBinaryLoop<T, byte> where T : unmanaged
{
    public static void Run(ref T source, ref byte destination, nint count) => TLoop.Run(ref source, ref source, ref destination, count, false, false);
}
