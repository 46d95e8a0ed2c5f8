using System.Runtime.CompilerServices;

namespace Engine.Ops.Traversal;

/// <summary>A scalar body of two arguments over memory.</summary>
internal readonly struct ScalarLoop2<TBody, TIn, TOut> : IBinaryLoop<TIn, TOut> where TBody : struct, IScalarBody2<TIn, TOut>
{
    public static void Run(ref TIn x, ref TIn y, ref TOut destination, nint count, bool xIsScalar, bool yIsScalar)
    {
        // A scalar may lie where the results go: it is read first.
        if (xIsScalar)
        {
            var all = x;
            for (nint i = 0; i < count; i++)
                Unsafe.Add(ref destination, i) = TBody.Invoke(all, Unsafe.Add(ref y, i));
        }
        else if (yIsScalar)
        {
            var all = y;
            for (nint i = 0; i < count; i++)
                Unsafe.Add(ref destination, i) = TBody.Invoke(Unsafe.Add(ref x, i), all);
        }
        else
        {
            for (nint i = 0; i < count; i++)
                Unsafe.Add(ref destination, i) = TBody.Invoke(Unsafe.Add(ref x, i), Unsafe.Add(ref y, i));
        }
    }
}
