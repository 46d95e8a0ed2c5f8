using Engine.Graphs;
using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>
/// Finds dilated convolutions in the form that TensorFlow gives them: space to batch, a convolution of stride 1 without paddings, batch to space. Of one dimension
/// the other is put in after the first step and taken away before the last.
/// </summary>
internal static class DilatedConvolution
{
    /// <summary>The rule of BatchToSpaceND.</summary>
    internal static bool OfBatchToSpace(RewriteContext c)
    {
        RewriteValue value = c.Input(0);
        Node? squeeze = null;
        if (value.Op == "Squeeze" && value.IsAbsorbable && value.Node.Attr("squeeze_dims").AsInts() is [1 or -3])
        {
            squeeze = value.Node;
            value = value.Input(0);
        }

        if (value.Op is not ("Conv2D" or "DepthwiseConv2dNative") || !value.IsAbsorbable || !IsPlain(value.Node))
            return false;
        RewriteValue filter = value.Input(1), split = value.Input(0), dimension = default;
        if (squeeze is not null)
        {
            if (split.Op != "ExpandDims" || split.Input(1).Constant is not { Count: 1 } place || SizeInput.Elements(place)[0] is not (1 or -3))
                return false;
            dimension = split.Input(1);
            split = split.Input(0);
        }

        int spatial = squeeze is null ? 2 : 1;
        if (split.Op != "SpaceToBatchND" || Numbers(split.Input(1), spatial) is not { } block || Numbers(c.Input(1), spatial) is not { } same || !block.AsSpan().SequenceEqual(same)
            || Numbers(split.Input(2), 2 * spatial) is not { } frame || Numbers(c.Input(2), 2 * spatial) is not { } crops)
            return false;
        var paddings = new long[8];
        var dilations = new long[] { 1, 1, 1, 1 };
        for (int i = 0; i < spatial; i++)
        {
            int d = 3 - spatial + i;
            dilations[d] = block[i];
            for (int end = 0; end < 2; end++)
                paddings[(2 * d) + end] = frame[(2 * i) + end] - crops[(2 * i) + end];
        }

        if (Array.Exists(paddings, p => p is < 0 or > int.MaxValue) || Array.Exists(block, b => b is < 1 or > int.MaxValue))
            return false;
        (string, AttrValue)[] attrs =
        [
            ("T", AttrValue.Of(split.Type)), ("strides", AttrValue.List(1L, 1L, 1L, 1L)), ("padding", AttrValue.Of("EXPLICIT")),
            ("explicit_paddings", AttrValue.List(paddings)), ("dilations", AttrValue.List(dilations)),
        ];
        RewriteValue images = split.Input(0);
        if (squeeze is null)
            return c.Replace(value.Op, [images, filter], attrs);
        return c.Replace("Squeeze", [c.Add(value.Op, [c.Add("ExpandDims", [images, dimension]), filter], attrs)], ("squeeze_dims", AttrValue.List(1L)));
    }

    private static bool IsPlain(Node node)
        => node.Attr("padding").AsString() == "VALID" && node.Attr("data_format").AsString() == "NHWC" && Array.TrueForAll(node.Attr("strides").AsInts(), s => s == 1)
            && Array.TrueForAll(node.Attr("dilations").AsInts(), d => d == 1);

    private static long[]? Numbers(RewriteValue value, int count) => value.Constant is { } constant && constant.Count == count ? SizeInput.Elements(constant) : null;
}
