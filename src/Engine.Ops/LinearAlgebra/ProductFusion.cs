using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Tensors;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Rules that let products of matrices end with the bias and the activation that follow them.</summary>
internal static class ProductFusion
{
    /// <summary>The node adds a vector to each row of a product: BiasAdd, or an addition of a constant vector.</summary>
    internal static bool Bias(RewriteContext c)
    {
        var isBiasAdd = c.Node.Op.StartsWith("BiasAdd", StringComparison.Ordinal);
        if (isBiasAdd && Nn.BiasAdd.IsChannelsFirst(c.Node))
            return false;
        for (var side = 0; side < (isBiasAdd ? 1 : 2); side++)
        {
            var (product, bias) = (c.Input(side), c.Input(1 - side));
            if (!IsProduct(product) || Ends(product) is not ([] or ["Add"]))
                continue;
            if (isBiasAdd ? Dimensions(product) == 1 : IsRowOf(bias, product))
                return Replace(c, product, [product.Input(0), product.Input(1), Vector(c, bias), .. Rest(product)], ["BiasAdd", .. Ends(product)]);
        }
        return false;
    }

    /// <summary>The node adds a matrix to a product that has as many columns: another product, say. The product that is computed later adds the other one.</summary>
    internal static bool Addend(RewriteContext c)
    {
        for (var side = 1; side >= 0; side--)
        {
            var (product, addend) = (c.Input(side), c.Input(1 - side));
            if (!IsProduct(product) || product.Op == "_Dense" || Ends(product).Length > 0 || Columns(product) is not { } columns)
                continue;
            if (addend.Shape is { HasRank: true, Rank: 2 } shape && (shape[1] == columns || Columns(addend) == columns) && columns > 1)
                return Replace(c, product, [product.Input(0), product.Input(1), addend], ["Add"]);
        }
        return false;
    }

    // Columns of a product with a constant right factor.
    private static long? Columns(RewriteValue product)
        => product.Op is "MatMul" or "_FusedMatMul" && product.Input(1).Constant is { Rank: 2 } weights ? weights.Shape[product.Node.Attr("transpose_b").AsBool() ? 0 : 1] : null;

    /// <summary>The node is an activation of its first input.</summary>
    internal static bool Activation(RewriteContext c, Activation activation, float alpha = 0.2f)
    {
        var product = c.Input(0);
        if (!IsProduct(product) || Ends(product) is not ([] or [.., "BiasAdd"] or [.., "Add"]))
            return false;
        return Replace(c, product, [product.Input(0), product.Input(1), .. Rest(product)], [.. Ends(product), activation.ToString()], alpha);
    }

    private static RewriteValue[] Rest(RewriteValue product)
    {
        var rest = new RewriteValue[product.InputCount - 2];
        for (var i = 0; i < rest.Length; i++)
            rest[i] = product.Input(i + 2);
        return rest;
    }

    private static bool IsProduct(RewriteValue value) => value.IsAbsorbable && value.Op switch
    {
        "MatMul" or "_FusedMatMul" => value.Type == DType.Float32,
        "_Dense" => true,
        _ => false,
    };

    private static string[] Ends(RewriteValue product)
        => product.Op == "MatMul" ? [] : [.. product.Node.Attr("fused_ops").AsList().Select(n => n.AsString())];

    // Dimensions of the result that come from the right factor.
    private static int Dimensions(RewriteValue product)
        => product.Op == "_Dense" ? product.Input(1).Shape is { HasRank: true } w ? w.Rank - (int)product.Node.Attr("contracted").AsInt() : -1 : 1;

    private static bool IsRowOf(RewriteValue bias, RewriteValue product)
    {
        if (bias.Constant is null || product.Input(1).Constant is not { } weights)
            return false;
        ReadOnlySpan<long> row = product.Op == "_Dense"
            ? weights.Shape.Dims[(int)product.Node.Attr("contracted").AsInt()..]
            : weights.Rank == 2 ? [weights.Shape[product.Node.Attr("transpose_b").AsBool() ? 0 : 1]] : [];
        return row.Length > 0 && bias.Constant.Shape.Dims.SequenceEqual(row);
    }

    private static RewriteValue Vector(RewriteContext c, RewriteValue bias)
        => bias.Constant is { Rank: > 1 } b ? c.Constant(b.Reshape(Shape.Vector(b.Count))) : bias;

    private static bool Replace(RewriteContext c, RewriteValue product, RewriteValue[] inputs, string[] ends, float alpha = 0.2f)
    {
        List<(string, AttrValue)> attrs = [("num_args", AttrValue.Of((long)inputs.Length - 2)), ("fused_ops", AttrValue.List(ends)), ("leakyrelu_alpha", AttrValue.Of(alpha))];
        foreach (var name in product.Op == "_Dense" ? (ReadOnlySpan<string>)["contracted"] : ["transpose_a", "transpose_b"])
            attrs.Add((name, product.Node.Attr(name)));
        return c.Replace(product.Op == "_Dense" ? "_Dense" : "_FusedMatMul", inputs, [.. attrs]);
    }
}
