using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>
/// The k largest elements of each row, largest first, and where they lie; of equal ones the first come first. The approximate version is exact here.
/// </summary>
[Op("TopK", "TopKV2", "ApproxTopK")]
internal sealed class TopK : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var input = c.WithRankAtLeast(c.Input(0), 1);
        if (c.Node.Op == "ApproxTopK" && !input.HasRank)
            throw c.Fail("The rank must be known");
        var k = -1L;
        if (c.InputCount == 1)
        {
            k = c.Attr("k").AsInt();
        }
        else
        {
            c.Input(1, 0);
            k = c.InputTensor(1) is { Type: DType.Int16 } t ? t.Item<short>() : c.InputScalar(1) ?? -1;
            if (c.InputTensor(1) is not null && k < 0)
                throw c.Fail($"Need k >= 0, got {k}");
        }
        if (!input.HasRank)
            return;
        if (input[-1] >= 0 && k > input[-1])
            throw c.Fail($"input must have last dimension >= k = {k} but is {input[-1]}");
        c.SetOutputs(input.With(-1, k));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var k = node.InputCount == 1 ? node.Int("k") : -1;
        if (node.InputCount == 1 && k < 0)
            throw node.Fail($"Need k >= 0, got {k}");
        if (node.Node.Op == "ApproxTopK" && (node.Int("reduction_dimension") != -1 || !node.Bool("is_max_k")))
            throw node.NoKernel();
        return ElementTypes.Real(node.Type("T"), new Factory(k, node.OutputType(1))) ?? throw node.NoKernel();
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        // Each gradient goes to its place in the input, all rows being one.
        var (zero, one) = (g.Scalar(0, DType.Int32), g.Scalar(1, DType.Int32));
        var shape = g.Apply("Shape", g.Input(0));
        var chosen = g.Apply("Shape", g.Output(1));
        var last = g.Constant(Tensor.From<int>([-1]));
        var width = g.Apply("GatherV2", shape, g.Apply("Size", shape) - one, zero);
        var k = g.Apply("GatherV2", chosen, g.Apply("Size", chosen) - one, zero);
        var pairs = g.Apply("Reshape", g.Output(1), g.NewNode("Pack").Input([g.Scalar(-1, DType.Int32), k]).Build()[0]);
        if (pairs.Type != DType.Int32)
            pairs = g.NewNode("Cast").Input(pairs).Attr("DstT", DType.Int32).Build()[0];
        var rows = g.Apply("GatherV2", g.Apply("Shape", pairs), zero, zero);
        var starts = g.Apply("Range", zero, rows * width, width);
        var places = g.Apply("Reshape", pairs + g.Apply("ExpandDims", starts, g.Scalar(-1, DType.Int32)), last);
        var scattered = g.Apply("ScatterNd", g.Apply("ExpandDims", places, g.Scalar(-1, DType.Int32)), g.Apply("Reshape", g.OutputGradient(0), last),
            g.Apply("Reshape", g.Apply("Prod", shape, zero), g.Constant(Tensor.From<int>([1]))));
        var gradient = g.Apply("Reshape", scattered, shape);
        return g.InputCount == 1 ? [gradient] : [gradient, null];
    }

    private readonly struct Factory(long k, DType indexType) : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => indexType switch
        {
            DType.Int16 => new TopKKernel<T, short>(k),
            DType.Int64 => new TopKKernel<T, long>(k),
            _ => new TopKKernel<T, int>(k),
        };
    }
}
