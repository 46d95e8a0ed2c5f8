using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The [rank, 2] matrix of what is added before and after each dimension.</summary>
internal static class Paddings
{
    internal static void InferShapes(InferenceContext c)
    {
        var input = c.Input(0);
        var pads = c.WithRank(c.Input(1), 2);
        if (pads[1] >= 0 && pads[1] != 2)
            throw c.Fail($"Dimension must be 2 but is {pads[1]}");
        if (input.HasRank && pads[0] >= 0 && pads[0] != input.Rank)
            throw c.Fail($"Shape must be rank {pads[0]} but is rank {input.Rank}");
        var rank = input.HasRank ? input.Rank : pads[0] is >= 0 and <= Shape.MaxRank ? (int)pads[0] : -1;
        if (rank < 0)
            return;
        if (c.InputTensor(1) is not { } t)
        {
            c.SetOutput(0, PartialShape.OfRank(rank));
            return;
        }
        var dims = new long[rank];
        var values = Read(t, rank);
        for (var i = 0; i < rank; i++)
            dims[i] = input.HasRank && input[i] >= 0 ? Dimensions.Add(values[i].Before, input[i], values[i].After) : -1;
        c.SetOutput(0, new PartialShape(dims));
    }

    /// <summary>The matrix for an input of the given rank.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another shape or negative numbers.</exception>
    internal static (long Before, long After)[] Read(Tensor paddings, int rank)
    {
        if (paddings.Rank != 2 || paddings.Shape[1] != 2)
            throw EngineException.InvalidArgument($"paddings must be a matrix with 2 columns: {paddings.Shape}");
        if (paddings.Shape[0] != rank)
            throw EngineException.InvalidArgument($"The first dimension of paddings must be the rank of inputs {paddings.Shape} rank {rank}");
        var values = IndexTensor.Read(paddings);
        var pads = new (long, long)[rank];
        for (var i = 0; i < rank; i++)
        {
            pads[i] = (values[2 * i], values[2 * i + 1]);
            if (values[2 * i] < 0 || values[2 * i + 1] < 0)
                throw EngineException.InvalidArgument($"Paddings must be non-negative: {values[2 * i]} {values[2 * i + 1]}");
        }
        return pads;
    }

    /// <summary>The shape with its paddings.</summary>
    internal static Shape Outer(Shape shape, (long Before, long After)[] pads)
    {
        var dims = new long[shape.Rank];
        for (var i = 0; i < dims.Length; i++)
            dims[i] = Dimensions.Add(pads[i].Before, shape[i], pads[i].After);
        return new Shape(dims);
    }
}
