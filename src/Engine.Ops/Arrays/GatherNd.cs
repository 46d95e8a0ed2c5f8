using System.Runtime.CompilerServices;
using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Elements or slices of <c>params</c> at the coordinates in the last dimension of <c>indices</c>.</summary>
[Op("GatherNd")]
internal sealed class GatherNd : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var (parameters, indices) = (c.Input(0), c.WithRankAtLeast(c.Input(1), 1));
        if (!parameters.HasRank || !indices.HasRank || indices[-1] < 0)
            return;
        if (indices[-1] > parameters.Rank)
            throw c.Fail("indices.shape[-1] must be <= params.rank");
        c.SetOutput(0, indices.Slice(0, indices.Rank - 1).Concat(parameters.Slice((int)indices[-1])));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("Tparams", TypeGroups.Common | TypeGroups.Quantized | TypeGroups.Float8);
        return Kernel.From(context =>
        {
            var parameters = context.Input(0);
            var indices = context.Input(1);
            if (parameters.Rank == 0)
                throw EngineException.InvalidArgument("params must be at least a vector");
            if (indices.Rank == 0)
                throw EngineException.InvalidArgument("indices must be at least a vector");
            if (indices.Shape[-1] > parameters.Rank)
                throw EngineException.InvalidArgument($"index innermost dimension length must be <= params rank; saw: {indices.Shape[-1]} vs. {parameters.Rank}");
            var depth = (int)indices.Shape[-1];
            var rows = indices.Shape.CountOf(0, indices.Rank - 1);
            if (parameters.Count == 0 && rows > 0)
                throw EngineException.InvalidArgument("Requested more than 0 entries, but params is empty.");
            var shape = indices.Shape.Slice(0, indices.Rank - 1).Concat(parameters.Shape.Slice(depth));
            var offsets = Coordinates.Offsets(indices, parameters.Shape, depth, rows, "params");
            var action = new Copy(parameters, context.Allocate(0, shape), offsets, parameters.Shape.CountOf(depth, parameters.Rank));
            Elements.Dispatch(parameters.Type, ref action);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (indices, gradient) = (g.Input(1), g.OutputGradient(0));
        var shape = g.ShapeOf(g.Input(0), indices.Type.Base());
        if (indices.Rank == 2 && indices.Shape[-1] == 1)
            return [Graphs.Gradient.Slices(gradient, g.NewNode("Squeeze").Input(indices).Attr("squeeze_dims", AttrValue.List(-1L)).Build()[0], shape), null];
        return [g.Node("ScatterNd", indices, gradient, shape), null];
    }

    private readonly struct Copy(Tensor source, Tensor result, long[] offsets, long inner) : IElementAction
    {
        public void Invoke<T>()
        {
            if (result.Count == 0)
                return;
            ref var from = ref Elements.First<T>(source);
            ref var to = ref Elements.First<T>(result);
            for (var i = 0; i < offsets.Length; i++)
            {
                ref var x = ref Unsafe.Add(ref from, (nint)offsets[i]);
                ref var y = ref Unsafe.Add(ref to, (nint)(i * inner));
                if (inner == 1)
                    y = x;
                else
                    Elements.Copy(ref x, ref y, (nint)inner);
            }
        }
    }
}
