using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Sparse;

/// <summary>The larger (smaller) of two sparse tensors' values; what only one has is compared with zero.</summary>
[Op("SparseSparseMaximum", "SparseSparseMinimum")]
internal sealed class SparseSparseMaximum : IOp
{
    public static void InferShapes(InferenceContext c) => SparseShapes.SetOutput(c, 0, -1, c.Input(2, 1).Merge(c.Input(5, 1))[0], withShape: false);

    public static Kernel CreateKernel(KernelBuilder node) => ElementTypes.Real(node.Type("T"), new Factory(node.Node.Op == "SparseSparseMaximum")) ?? throw node.NoKernel();

    private readonly struct Factory(bool largest) : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T>
        {
            var maximum = largest;
            return Kernel.From(context => Run<T>(context, maximum));
        }
    }

    private static void Run<T>(KernelContext context, bool largest) where T : unmanaged, INumber<T>
    {
        var (a, b) = (SparseInput.At(context, 0), SparseInput.At(context, 3));
        var pairs = SparseMerge.Pairs(a, b);
        SparseMerge.WriteIndices(a, b, pairs, context.Allocate(0, pairs.Count, a.Rank));
        var x = a.Values.AsRawSpan<T>();
        var y = b.Values.AsRawSpan<T>();
        var result = context.Allocate(1, pairs.Count).AsRawSpan<T>();
        for (var i = 0; i < result.Length; i++)
        {
            var (u, v) = (pairs[i].A >= 0 ? x[pairs[i].A] : T.Zero, pairs[i].B >= 0 ? y[pairs[i].B] : T.Zero);
            // A NaN wins; of equal values the first one's stays.
            result[i] = T.IsNaN(u) || (!T.IsNaN(v) && (largest ? u >= v : u <= v)) ? u : v;
        }
    }
}
