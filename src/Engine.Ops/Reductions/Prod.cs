using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>Product over dimensions; integers wrap, the product of nothing is 1.</summary>
[Op("Prod")]
internal sealed class Prod : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, ReductionPlan.Infer(c, c.Attr("keep_dims").AsBool()));

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Complex64 => new ComplexProductKernel<Complex64>(node.Bool("keep_dims")),
        DType.Complex128 => new ComplexProductKernel<Complex>(node.Bool("keep_dims")),
        var type => ReductionKernels.Real<Reduction, NoEnd>(type, node.Bool("keep_dims")) ?? throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g)
    {
        // The product of all other elements is that of those before times that of those after, also where one is zero. For that the
        // reduced dimensions are brought to the front and made one.
        var (one, zero) = (g.Scalar(1, DType.Int32), g.Scalar(0, DType.Int32));
        var gradient = ReductionGradients.Spread(g, g.OutputGradient(0));
        var shape = g.Apply("Shape", g.Input(0));
        var reduced = ReductionGradients.Axes(g);
        var all = g.Apply("Range", zero, g.Apply("Rank", g.Input(0)), one);
        var kept = g.Apply("ListDiff", all, reduced);
        var order = g.NewNode("ConcatV2").Input([reduced, kept]).Input(zero).Build()[0];
        var reducedCount = g.Apply("Prod", g.Apply("GatherV2", shape, reduced, zero), zero);
        var keptCount = g.Apply("Prod", g.Apply("GatherV2", shape, kept, zero), zero);
        var permuted = g.Apply("Transpose", g.Input(0), order);
        var matrix = g.Apply("Reshape", permuted, g.NewNode("Pack").Input([reducedCount, keptCount]).Build()[0]);
        var before = g.NewNode("Cumprod").Input(matrix).Input(zero).Attr("exclusive", true).Build()[0];
        var after = g.NewNode("Cumprod").Input(matrix).Input(zero).Attr("exclusive", true).Attr("reverse", true).Build()[0];
        var others = g.Apply("Reshape", g.Conjugate(before) * g.Conjugate(after), g.Apply("Shape", permuted));
        return [g.Apply("Reshape", gradient * g.Apply("Transpose", others, g.Apply("InvertPermutation", order)), shape), null];
    }

    internal readonly struct Reduction : IReduction
    {
        public static T Identity<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => T.One;

        public static V Combine<W, V, T>(V x, V y) where W : struct, INumberLanes<V, T> where T : unmanaged => W.Mul(x, y);
    }
}
