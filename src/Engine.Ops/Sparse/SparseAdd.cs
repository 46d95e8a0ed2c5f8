using System.Numerics;
using System.Runtime.InteropServices;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Sparse;

/// <summary>The sum of two sparse tensors; where both have an entry, sums of a magnitude below a threshold are dropped.</summary>
[Op("SparseAdd")]
internal sealed class SparseAdd : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shape = c.Input(2, 1).Merge(c.Input(5, 1));
        SparseShapes.SetOutput(c, 0, -1, shape[0]);
    }

    public static Kernel CreateKernel(KernelBuilder node) => (node.Type("T"), node.Type("Treal")) switch
    {
        (DType.Float32, DType.Float32) => Kernel.From(Run<float, float>),
        (DType.Float64, DType.Float64) => Kernel.From(Run<double, double>),
        (DType.Int8, DType.Int8) => Kernel.From(Run<sbyte, sbyte>),
        (DType.Int16, DType.Int16) => Kernel.From(Run<short, short>),
        (DType.Int32, DType.Int32) => Kernel.From(Run<int, int>),
        (DType.Int64, DType.Int64) => Kernel.From(Run<long, long>),
        (DType.Complex64, DType.Float32) => Kernel.From(Run<Complex64, float>),
        (DType.Complex128, DType.Float64) => Kernel.From(Run<Complex, double>),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g)
    {
        var gradient = g.NewNode("SparseAddGrad").Input(g.OutputGradient(1)).Input(g.Input(0)).Input(g.Input(3)).Input(g.Output(0)).Build();
        return [null, gradient[0], null, null, gradient[1], null, null];
    }

    private static void Run<T, TReal>(KernelContext context) where T : unmanaged, INumberBase<T> where TReal : unmanaged, INumber<TReal>
    {
        var (a, b, threshold) = (SparseInput.At(context, 0), SparseInput.At(context, 3), context.Input(6));
        if (threshold.Rank != 0)
            throw EngineException.InvalidArgument($"The magnitude threshold must be a scalar: got shape {threshold.Shape}");
        var limit = threshold.AsSpan<TReal>()[0];
        var x = a.Values.AsSpan<T>();
        var y = b.Values.AsSpan<T>();
        var pairs = new List<(int A, int B)>();
        var sums = new List<T>();
        foreach (var pair in SparseMerge.Pairs(a, b))
        {
            var sum = pair.A < 0 ? y[pair.B] : pair.B < 0 ? x[pair.A] : x[pair.A] + y[pair.B];
            if (pair is { A: >= 0, B: >= 0 } && (limit > Magnitude<T, TReal>(sum) || T.IsNaN(sum)))
                continue;
            pairs.Add(pair);
            sums.Add(sum);
        }
        SparseMerge.WriteIndices(a, b, pairs, context.Allocate(0, sums.Count, a.Rank));
        CollectionsMarshal.AsSpan(sums).CopyTo(context.Allocate(1, sums.Count).AsSpan<T>());
        context.SetOutput(2, context.Input(2));
    }

    private static TReal Magnitude<T, TReal>(T value) where T : INumberBase<T> where TReal : INumber<TReal> => value switch
    {
        Complex64 z => TReal.CreateTruncating(z.Magnitude),
        Complex z => TReal.CreateTruncating(z.Magnitude),
        // The lowest integer has no magnitude of its own type: it stays what it is.
        _ => T.IsNegative(value) ? TReal.CreateTruncating(-value) : TReal.CreateTruncating(value),
    };
}
