using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>What the rules share that make one node of two convolutions, one of them depthwise and one pointwise.</summary>
internal static class ConvolutionPair
{
    /// <summary>Whether a convolution of float32 images, channels last, is a depthwise one, or not, as wanted.</summary>
    public static bool Is(Node node, bool depthwise)
        => (node.Op == "DepthwiseConv2dNative" || Has(node, "depthwise")) == depthwise && node.Attr("T").AsType() == DType.Float32 && node.Attr("data_format").AsString() == "NHWC";

    /// <summary>Whether something is added to a convolution's results.</summary>
    public static bool HasResidual(Node node) => Has(node, "residual");

    /// <summary>Puts an op in the place of the rule's convolution and the <paramref name="first"/> one, whose results it takes.</summary>
    /// <param name="c">The rule's node, the second convolution.</param>
    /// <param name="op">The op.</param>
    /// <param name="first">The first convolution.</param>
    /// <param name="prefix">What the names of the first one's attributes begin with.</param>
    /// <param name="window">The convolution whose windows are larger than a pixel.</param>
    public static bool Join(RewriteContext c, string op, RewriteValue first, string prefix, Node window)
    {
        var inputs = new List<RewriteValue> { first.Input(0), first.Input(1), c.Input(1) };
        for (int i = 2; i < first.InputCount; i++)
            inputs.Add(first.Input(i));
        for (int i = 2; i < c.InputCount; i++)
            inputs.Add(c.Input(i));
        var attrs = new List<(string, AttrValue)> { ("T", AttrValue.Of(DType.Float32)), ("N", AttrValue.Of((long)(inputs.Count - 3))) };
        foreach (string name in (ReadOnlySpan<string>)["scale", "bias", "residual", "activation", "alpha"])
        {
            if (name != "residual" && first.Node.Attrs.TryGetValue(name, out AttrValue? value))
                attrs.Add((prefix + name, value));
            if (c.Node.Attrs.TryGetValue(name, out value))
                attrs.Add((name, value));
        }

        foreach (string name in (ReadOnlySpan<string>)["strides", "padding", "explicit_paddings", "dilations"])
        {
            if (window.Attrs.TryGetValue(name, out AttrValue? value))
                attrs.Add((name, value));
        }

        return c.Replace(op, [.. inputs], [.. attrs]);
    }

    private static bool Has(Node node, string flag) => node.Attrs.TryGetValue(flag, out AttrValue? value) && value.AsBool();
}
