using Engine.OpModel;
using Engine.Ops.Nn;
using Engine.Tensors;

namespace Engine.Ops.Arrays;

/// <summary>Whether ops that name dimensions leave the first one, that of the rows, alone.</summary>
internal static class RowAxes
{
    /// <summary>Whether the constant <paramref name="axes"/> are none that counts rows, in tensors of the inputs' rank and <paramref name="added"/> more.</summary>
    public static bool Keep(RewriteContext c, RewriteValue axes, int added = 0) => axes.Constant is { Type: DType.Int32 or DType.Int64 } known && Keep(c, SizeInput.Elements(known), added);

    /// <summary>Whether <paramref name="axes"/>, one at least, are none that counts rows, in tensors of the inputs' rank and <paramref name="added"/> more.</summary>
    public static bool Keep(RewriteContext c, ReadOnlySpan<long> axes, int added = 0)
    {
        int rank = RankOfValues(c);
        if (rank < 1)
            return false;
        foreach (long axis in axes)
        {
            if (axis == 0 || axis == -(rank + added))
                return false;
        }

        return axes.Length > 0;
    }

    /// <summary>Whether a node reshapes each row: the constant sizes leave open how many there are.</summary>
    public static bool KeepShape(RewriteContext c)
    {
        PartialShape row = c.Input(0).Shape;
        if (c.Input(1).Constant is not { Rank: 1, Count: > 0 } sizes || row.Rank < 1 || SizeInput.Elements(sizes) is not [-1, .. var kept])
            return false;
        return Product(row.Dims[1..]) is > 0 and var elements && elements == Product(kept);
    }

    // -1 where a dimension is open.
    private static long Product(ReadOnlySpan<long> dims)
    {
        long product = 1;
        foreach (long d in dims)
        {
            if (d < 0)
                return -1;
            product = Dimensions.Multiply(product, d);
        }

        return product;
    }

    // All tensors of a node that are not constants have one rank, but where the output has another.
    private static int RankOfValues(RewriteContext c)
    {
        int rank = 0;
        for (int i = 0; i < c.InputCount; i++)
        {
            if (c.IsConstant(i))
                continue;
            int found = c.Input(i).Shape.Rank;
            if (found < 1 || (rank > 0 && found != rank))
                return -1;
            rank = found;
        }

        return rank;
    }
}
