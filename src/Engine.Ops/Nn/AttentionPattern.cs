using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.LinearAlgebra;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>Finds attention: a product of a softmax, whose scores are a product, perhaps scaled and masked. Products are Einsum or BatchMatMul.</summary>
internal static class AttentionPattern
{
    private const string Batches = "abcdefgh";

    /// <summary>The rule of the product with the values.</summary>
    internal static bool OfProduct(RewriteContext c)
    {
        if (c.InputCount != 2 || Labels(c.Node, c.Input(0), c.Input(1)) is not { } outer)
            return false;
        for (var side = 0; side < 2; side++)
        {
            if (c.Input(side) is { Op: "Softmax", IsAbsorbable: true } softmax && softmax.Type == DType.Float32
                && Match(c, softmax.Input(0), c.Input(1 - side), side == 0 ? outer.X : outer.Y, side == 0 ? outer.Y : outer.X, outer.Result))
                return true;
        }
        return false;
    }

    /// <summary>The rule of a transposition of the result: attention writes it in that order.</summary>
    internal static bool OfTranspose(RewriteContext c)
    {
        var attention = c.Input(0);
        if (attention.Op != "_Attention" || !attention.IsAbsorbable || Permutation(c.Input(1)) is not { } permutation)
            return false;
        var layout = attention.Node.Attr("result_layout").AsString();
        if (layout.Length != permutation.Length)
            return false;
        var inputs = new RewriteValue[attention.InputCount];
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] = attention.Input(i);
        var attrs = attention.Node.Attrs.Where(a => a.Key is not ("T" or "result_layout")).Select(a => (a.Key, a.Value)).ToList();
        return c.Replace("_Attention", inputs, [.. attrs, ("result_layout", AttrValue.Of(Permute(layout, permutation)))]);
    }

    private static bool Match(RewriteContext c, RewriteValue scores, RewriteValue values, string weights, string valueLabels, string result)
    {
        RewriteValue? mask = null;
        if (scores.Op is "AddV2" or "Add" && scores.IsAbsorbable)
        {
            var product = Scaled(scores.Input(0)).Op is "Einsum" or "BatchMatMulV2" or "BatchMatMul" or "BatchMatMulV3" ? 0 : 1;
            mask = scores.Input(1 - product);
            scores = scores.Input(product);
        }
        var scale = 1f;
        if (Factor(scores) is { } factor && scores.IsAbsorbable)
        {
            scale *= factor;
            scores = Scaled(scores);
        }
        if (scores.Op is not ("Einsum" or "BatchMatMulV2" or "BatchMatMul" or "BatchMatMulV3") || !scores.IsAbsorbable || scores.InputCount != 2
            || Labels(scores.Node, scores.Input(0), scores.Input(1)) is not { } inner || inner.Result.Length != weights.Length)
            return false;
        if (mask is { } m && (!m.Shape.HasRank || m.Shape.Rank > weights.Length))
            return false;

        // The outer product's names hold, with Q, K, D and V for the dimensions that have a part of their own.
        var key = weights[^1];
        var names = new Dictionary<char, char> { [key] = 'K' };
        var batches = 0;
        foreach (var l in weights[..^1])
        {
            if (names.ContainsKey(l) || !result.Contains(l, StringComparison.Ordinal))
                return false;
            if (valueLabels.Contains(l, StringComparison.Ordinal))
                names[l] = batches < Batches.Length ? Batches[batches++] : '?';
            else if (!names.ContainsValue('Q'))
                names[l] = 'Q';
            else
                return false;
        }
        foreach (var l in valueLabels)
        {
            if (names.ContainsKey(l))
                continue;
            if (names.ContainsValue('V') || !result.Contains(l, StringComparison.Ordinal))
                return false;
            names[l] = 'V';
        }
        if (!names.ContainsValue('Q') || !names.ContainsValue('V') || names.ContainsValue('?') || result.Contains(key, StringComparison.Ordinal)
            || !valueLabels.Contains(key, StringComparison.Ordinal) || result.Length != batches + 2 || valueLabels.Length != batches + 2)
            return false;
        var scoreNames = Rename(weights, names);
        var innerNames = new Dictionary<char, char>();
        for (var i = 0; i < inner.Result.Length; i++)
            innerNames[inner.Result[i]] = scoreNames[i];
        if (innerNames.Count != scoreNames.Length)
            return false;
        foreach (var l in inner.X)
        {
            if (!innerNames.TryAdd(l, 'D') && !inner.Result.Contains(l, StringComparison.Ordinal))
                return false;
        }
        if (innerNames.Values.Count(n => n == 'D') != 1 || !inner.Y.All(innerNames.ContainsKey))
            return false;
        var (x, y) = (Rename(inner.X, innerNames), Rename(inner.Y, innerNames));
        var (query, keys) = (scores.Input(0), scores.Input(1));
        if (x.Contains('K', StringComparison.Ordinal))
            (x, y, query, keys) = (y, x, keys, query);
        if (!IsLayout(x, "QD", batches) || !IsLayout(y, "KD", batches))
            return false;
        var v = Rename(valueLabels, names);
        for (var more = true; more;)
        {
            more = false;
            if (Factor(query) is { } q && query.IsAbsorbable)
                (scale, query, more) = (scale * q, Scaled(query), true);
            more |= Absorb(ref query, ref x);
        }
        Absorb(ref keys, ref y);
        Absorb(ref values, ref v);
        RewriteValue[] inputs = mask is { } added ? [query, keys, values, added] : [query, keys, values];
        return c.Replace("_Attention", inputs, ("num_masks", AttrValue.Of((long)inputs.Length - 3)), ("scale", AttrValue.Of(scale)), ("q_layout", AttrValue.Of(x)),
            ("k_layout", AttrValue.Of(y)), ("v_layout", AttrValue.Of(v)), ("scores_layout", AttrValue.Of(scoreNames)), ("result_layout", AttrValue.Of(Rename(result, names))));
    }

    // A transposed operand is read where it lies.
    private static bool Absorb(ref RewriteValue value, ref string layout)
    {
        if (value.Op != "Transpose" || !value.IsAbsorbable || Permutation(value.Input(1)) is not { } permutation || permutation.Length != layout.Length)
            return false;
        var labels = new char[layout.Length];
        for (var i = 0; i < labels.Length; i++)
            labels[permutation[i]] = layout[i];
        (value, layout) = (value.Input(0), new string(labels));
        return true;
    }

    private static bool IsLayout(string layout, string roles, int batches)
        => layout.Length == batches + roles.Length && layout.Distinct().Count() == layout.Length && roles.All(r => layout.Contains(r, StringComparison.Ordinal))
            && layout.Count(char.IsAsciiLetterLower) == batches;

    // The labels of both factors and the product; null when the ranks are not known.
    private static (string X, string Y, string Result)? Labels(Node node, RewriteValue x, RewriteValue y)
    {
        if (node.Op == "Einsum")
        {
            try
            {
                var equation = EinsumEquation.Parse(node.Attr("equation").AsString(), 2);
                return EinsumEquation.HasEllipsis(equation.Operands[0] + equation.Operands[1] + equation.Result) ? null : (equation.Operands[0], equation.Operands[1], equation.Result);
            }
            catch (EngineException)
            {
                return null;
            }
        }
        if (!node.Op.StartsWith("BatchMatMul", StringComparison.Ordinal) || Rank(x) is not (>= 3 and <= 8) || Rank(y) != Rank(x))
            return null;
        var batch = Batches[..(Rank(x) - 2)];
        bool adjointX = node.Attr("adj_x").AsBool(), adjointY = node.Attr("adj_y").AsBool();
        return (batch + (adjointX ? "xw" : "wx"), batch + (adjointY ? "zx" : "xz"), batch + "wz");
    }

    private static int Rank(RewriteValue value) => value.Shape.HasRank ? value.Shape.Rank
        : value.Op == "Transpose" && Permutation(value.Input(1)) is { } permutation ? permutation.Length
        : value.Op is "Mul" or "Softmax" ? Math.Max(Rank(value.Input(0)), value.InputCount > 1 ? Rank(value.Input(1)) : -1) : -1;

    private static string Rename(string labels, Dictionary<char, char> names) => string.Concat(labels.Select(l => names[l]));

    private static string Permute(string labels, int[] permutation) => string.Concat(permutation.Select(i => labels[i]));

    private static int[]? Permutation(RewriteValue value)
    {
        if (value.Constant is not { Rank: 1, Type: DType.Int32 or DType.Int64 } tensor)
            return null;
        int[] permutation = tensor.Type == DType.Int32 ? tensor.ToArray<int>() : [.. tensor.ToArray<long>().Select(i => (int)i)];
        permutation = [.. permutation.Select(i => i < 0 ? i + permutation.Length : i)];
        return permutation.Order().SequenceEqual(Enumerable.Range(0, permutation.Length)) ? permutation : null;
    }

    private static float? Factor(RewriteValue value) => value.Op switch
    {
        "Mul" => Scalar(value.Input(0)) ?? Scalar(value.Input(1)),
        "RealDiv" => 1 / Scalar(value.Input(1)),
        _ => null,
    };

    private static RewriteValue Scaled(RewriteValue value) => Factor(value) is null ? value : value.Input(value.Op == "Mul" && Scalar(value.Input(0)) is not null ? 1 : 0);

    private static float? Scalar(RewriteValue value) => value.Constant is { Count: 1, Rank: 0, Type: DType.Float32 } t ? t.Item<float>() : null;
}
