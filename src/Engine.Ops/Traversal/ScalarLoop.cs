using System.Runtime.CompilerServices;

namespace Engine.Ops.Traversal;

/// <summary>A scalar body over memory.</summary>
internal readonly struct ScalarLoop<TBody, TIn, TOut> : IUnaryLoop<TIn, TOut> where TBody : struct, IScalarBody<TIn, TOut>
{
    public static void Run(ref TIn source, ref TOut destination, nint count)
    {
        for (nint i = 0; i < count; i++)
            Unsafe.Add(ref destination, i) = TBody.Invoke(Unsafe.Add(ref source, i));
    }
}
