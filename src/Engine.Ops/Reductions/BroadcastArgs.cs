using System.Numerics;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>The shape of two shapes broadcast together.</summary>
[Op("BroadcastArgs")]
internal sealed class BroadcastArgs : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var (x, y) = (c.Input(0, 1)[0], c.Input(1, 1)[0]);
        c.SetOutput(0, x < 0 || y < 0 ? PartialShape.OfRank(1) : PartialShape.Vector(Math.Max(x, y)));
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Int32 => Kernel.From(Compute<int>),
        DType.Int64 => Kernel.From(Compute<long>),
        _ => throw node.NoKernel(),
    };

    private static void Compute<T>(KernelContext context) where T : unmanaged, IBinaryInteger<T>
    {
        for (var i = 0; i < 2; i++)
        {
            if (context.Input(i).Rank != 1)
                throw EngineException.InvalidArgument($"In[{i}] must be a vector, not of shape {context.Input(i).Shape}.");
        }
        ReadOnlySpan<T> x = context.Input(0).AsSpan<T>();
        ReadOnlySpan<T> y = context.Input(1).AsSpan<T>();
        var rank = Math.Max(x.Length, y.Length);
        var result = context.Allocate(0, rank).AsSpan<T>();
        for (var i = 1; i <= rank; i++)
        {
            var a = i <= x.Length ? x[^i] : T.One;
            var b = i <= y.Length ? y[^i] : T.One;
            if (a != b && a != T.One && b != T.One)
                throw EngineException.InvalidArgument($"Incompatible shapes: [{string.Join(',', x.ToArray())}] vs. [{string.Join(',', y.ToArray())}]");
            result[^i] = a == T.One ? b : a;
        }
    }
}
