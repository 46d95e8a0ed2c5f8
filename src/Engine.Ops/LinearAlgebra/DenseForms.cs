using Engine.Graphs;
using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Rules that find dense layers in the forms that libraries write: Einsum with constant weights, and reshaped products of matrices.</summary>
internal static class DenseForms
{
    /// <summary>An Einsum whose right operand is constant and whose left one ends with the dimensions that are summed, in any equation of that kind.</summary>
    internal static bool OfEinsum(RewriteContext c)
    {
        if (c.InputCount != 2 || c.Type("T") is not (DType.Float32 or DType.Float64) || c.Input(1).Constant is not { Count: > 0 } weights)
            return false;
        EinsumEquation equation;
        try
        {
            equation = EinsumEquation.Parse(c.Node.Attr("equation").AsString(), 2);
        }
        catch (EngineException)
        {
            // The kernel says what is wrong, when it runs.
            return false;
        }
        var (x, w, result) = (equation.Operands[0], equation.Operands[1], equation.Result);
        if (!AreDistinct(x) || !AreDistinct(w) || !AreDistinct(result) || EinsumEquation.HasEllipsis(w) || w.Length != weights.Rank)
            return false;
        var contracted = x.Length;
        while (contracted > 0 && w.Contains(x[contracted - 1], StringComparison.Ordinal) && !result.Contains(x[contracted - 1], StringComparison.Ordinal))
            contracted--;
        var (rows, depth) = (x[..contracted], x[contracted..]);
        if (depth.Length == 0 || depth.Contains('.', StringComparison.Ordinal) || !result.StartsWith(rows, StringComparison.Ordinal))
            return false;
        var order = depth + result[rows.Length..];
        if (order.Length != w.Length || !order.All(l => w.Contains(l, StringComparison.Ordinal)))
            return false;
        var right = c.Input(1);
        if (order != w)
            right = c.Add("Transpose", [right, c.Constant(Tensor.From<int>([.. order.Select(l => w.IndexOf(l, StringComparison.Ordinal))]))]);
        return c.Replace("_Dense", [c.Input(0), right], ("contracted", AttrValue.Of((long)depth.Length)));
    }

    /// <summary>A reshaped product of a reshaped tensor with constant weights, which keeps all dimensions but the last: what Tensordot writes.</summary>
    internal static bool OfReshape(RewriteContext c)
    {
        var product = c.Input(0);
        if (product.Op != "MatMul" || !product.IsAbsorbable || product.Type is not (DType.Float32 or DType.Float64)
            || product.Node.Attr("transpose_a").AsBool() || product.Node.Attr("transpose_b").AsBool() || product.Input(1).Constant is not { Rank: 2, Count: > 0 } weights)
            return false;
        var flat = product.Input(0);
        if (flat.Op != "Reshape")
            return false;
        var x = flat.Input(0);
        var permuted = x.Op == "Transpose" ? Integers(x.Input(1).Constant) : null;
        if (permuted is not null)
        {
            if (!IsIdentity(permuted))
                return false;
            x = x.Input(0);
        }
        return Keeps(c.Input(1), x, permuted?.Length ?? -1, weights.Shape[1]) && c.Replace("_Dense", [x, product.Input(1)]);
    }

    // Whether a shape is that of x with another last dimension.
    private static bool Keeps(RewriteValue shape, RewriteValue x, int rank, long last)
    {
        if (Integers(shape.Constant) is { } known)
        {
            var dims = x.Shape;
            return dims.HasRank && dims.Rank == known.Length && known[^1] == last && dims.Dims[..^1].SequenceEqual(known.AsSpan()[..^1]);
        }
        if (shape.Op == "Pack")
            return KeepsEach(shape, x, last);
        if (shape.Op != "ConcatV2" || shape.InputCount != 3 || Integers(shape.Input(1).Constant) is not [var columns] || columns != last)
            return false;
        var front = shape.Input(0);
        return front.Op == "GatherV2" && front.Input(0) is { Op: "Shape" } of && of.Input(0) == x
            && Integers(front.Input(1).Constant) is { Length: > 0 } kept && IsIdentity(kept)
            && kept.Length + 1 == (rank >= 0 ? rank : x.Shape.Rank);
    }

    // A shape put together from numbers: known ones, and elements of x's shape.
    private static bool KeepsEach(RewriteValue shape, RewriteValue x, long last)
    {
        var dims = x.Shape;
        if (!dims.HasRank || shape.InputCount != dims.Rank || Integers(shape.Input(dims.Rank - 1).Constant) is not [var columns] || columns != last)
            return false;
        for (var i = 0; i < dims.Rank - 1; i++)
        {
            var size = shape.Input(i);
            if (Integers(size.Constant) is [var known] ? known != dims[i] || known < 0 : !IsElement(size, x, i))
                return false;
        }
        return true;
    }

    /// <summary>Whether a number is the size of dimension <paramref name="index"/> of <paramref name="x"/>.</summary>
    internal static bool IsElement(RewriteValue size, RewriteValue x, int index)
        => size.Op == "StridedSlice" && size.Node.Attr("shrink_axis_mask").AsInt() == 1 && size.Input(0) is { Op: "Shape" } of && of.Input(0) == x
            && Integers(size.Input(1).Constant) is [var start] && start == index;

    private static bool AreDistinct(string labels) => EinsumEquation.Letters(labels) is var letters && letters.Distinct().Count() == letters.Length;

    private static bool IsIdentity(long[] permutation)
    {
        for (var i = 0; i < permutation.Length; i++)
        {
            if (permutation[i] != i)
                return false;
        }
        return true;
    }

    /// <summary>The elements of a constant of integers, or null.</summary>
    internal static long[]? Integers(Tensor? tensor) => tensor?.Type switch
    {
        DType.Int32 => [.. tensor.ToArray<int>().Select(i => (long)i)],
        DType.Int64 => tensor.ToArray<long>(),
        _ => null,
    };
}
