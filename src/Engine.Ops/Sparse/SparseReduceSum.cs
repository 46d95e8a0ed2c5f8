using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Traversal;

namespace Engine.Ops.Sparse;

/// <summary>Sums of a sparse tensor over dimensions, as a dense tensor.</summary>
[Op("SparseReduceSum")]
internal sealed class SparseReduceSum : IOp
{
    public static void InferShapes(InferenceContext c) => SparseReduceShapes.Infer(c);

    public static Kernel CreateKernel(KernelBuilder node) => ElementTypes.Number(node.Type("T"), new Factory(node.Bool("keep_dims"))) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        // The gradient, with ones where dimensions were reduced, is read at each entry's coordinates.
        var (indices, shape, axes) = (g.Input(0), g.Input(2), g.Input(3));
        var shape32 = g.Cast(shape, DType.Int32);
        var rank = g.Node("Size", shape32);
        var positive = g.Node("FloorMod", g.Node("AddV2", axes, rank), rank);
        var flat = g.Node("Reshape", positive, g.Ints(-1));
        var kept = g.NewNode("DynamicStitch").Input([g.Node("Range", g.Int(0), rank, g.Int(1)), flat])
            .Input([shape32, g.Node("Fill", g.ShapeOf(flat), g.Int(1))]).Build()[0];
        var scale = g.Cast(g.Node("FloorDiv", shape32, kept), DType.Int64);
        var gradient = g.Node("Reshape", g.OutputGradient(0), kept);
        return [null, g.Node("GatherNd", gradient, g.Node("FloorDiv", indices, scale)), null, null];
    }

    private readonly struct Factory(bool keepDims) : INumberFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T> => SparseReductionKernels.Dense<T, SumReducer<T>>(keepDims);
    }
}
