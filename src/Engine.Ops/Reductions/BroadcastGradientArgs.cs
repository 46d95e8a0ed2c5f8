using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>Which axes of a broadcast result each input's gradient must be summed over.</summary>
[Op("BroadcastGradientArgs")]
internal sealed class BroadcastGradientArgs : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 1);
        c.Input(1, 1);
        c.SetOutputs(PartialShape.OfRank(1));
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Int32 => Kernel.From(Compute<int>),
        DType.Int64 => Kernel.From(Compute<long>),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => [null, null];

    private static void Compute<T>(KernelContext context) where T : unmanaged, IBinaryInteger<T>
    {
        for (var i = 0; i < 2; i++)
        {
            if (context.Input(i).Rank != 1)
                throw EngineException.InvalidArgument($"In[{i}] must be a vector, not of shape {context.Input(i).Shape}.");
        }
        ReadOnlySpan<T> x = context.Input(0).AsSpan<T>();
        ReadOnlySpan<T> y = context.Input(1).AsSpan<T>();
        var (xAxes, yAxes) = (new List<T>(), new List<T>());
        // Equal shapes need no sum, also where a dimension is 1.
        if (!x.SequenceEqual(y))
        {
            var rank = Math.Max(x.Length, y.Length);
            for (var i = 0; i < rank; i++)
            {
                var (a, b) = (Dimension(x, rank, i), Dimension(y, rank, i));
                if (a != b && a != T.One && b != T.One)
                    throw EngineException.InvalidArgument($"Incompatible shapes: [{string.Join(',', x.ToArray())}] vs. [{string.Join(',', y.ToArray())}]");
                // Where both are 1 both are summed, which changes nothing but removes a dimension that only one of them has.
                if (a == T.One)
                    xAxes.Add(T.CreateTruncating(i));
                if (b == T.One)
                    yAxes.Add(T.CreateTruncating(i));
            }
        }
        xAxes.ToArray().CopyTo(context.Allocate(0, xAxes.Count).AsSpan<T>());
        yAxes.ToArray().CopyTo(context.Allocate(1, yAxes.Count).AsSpan<T>());
    }

    private static T Dimension<T>(ReadOnlySpan<T> shape, int rank, int index) where T : INumberBase<T>
    {
        var i = index - rank + shape.Length;
        return i < 0 ? T.One : shape[i];
    }
}
