using Engine.Ops.Lanes;

namespace Engine.Ops.Traversal;

/// <summary>A body of one argument as one of two, of which the second counts for nothing.</summary>
/// <typeparam name="TBody">Answers with a mask.</typeparam>
internal readonly struct FirstOf<TBody> : INumberBody2 where TBody : struct, INumberBody
{
    public static V Invoke<W, V, T>(V x, V y) where W : struct, INumberLanes<V, T> where T : unmanaged => TBody.Invoke<W, V, T>(x);
}
