using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.Sparse;

/// <summary>Shapes of reductions of sparse tensors.</summary>
internal static class SparseReduceShapes
{
    /// <summary>The dense result's, where dimensions and axes are constants.</summary>
    internal static void Infer(InferenceContext c)
    {
        if (c.InputTensor(2) is null || c.InputTensor(3) is not { } axes)
            return;
        var shape = c.InputAsShape(2);
        var keepDims = c.Attr("keep_dims").AsBool();
        var reduced = new bool[shape.Rank];
        foreach (var axis in IndexTensor.Read(axes))
            reduced[IndexTensor.Axis(axis, shape.Rank, "Invalid reduction dimension")] = true;
        var dims = new List<long>();
        for (var d = 0; d < reduced.Length; d++)
        {
            if (!reduced[d] || keepDims)
                dims.Add(reduced[d] ? 1 : shape[d]);
        }
        c.SetOutput(0, new PartialShape([.. dims]));
    }

    /// <summary>The sparse result's.</summary>
    internal static void InferSparse(InferenceContext c)
    {
        c.SetOutput(0, PartialShape.OfRank(2));
        c.SetOutput(1, PartialShape.OfRank(1));
        c.SetOutput(2, PartialShape.OfRank(1));
    }
}
