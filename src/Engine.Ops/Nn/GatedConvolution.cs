using Engine.Graphs;
using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>
/// A pointwise convolution of images whose channels are multiplied with a number each, as squeeze and excitation does: the numbers go into a copy of the filter, so that the
/// images are read once.
/// </summary>
[Op("_GatedConvolution", Definition = "_GatedConvolution(input:T; filter:T; gate:T; args:N*T) -> (output:T) {T:type in [float]; " + ConvolutionEnd.Attributes + "}")]
internal sealed class GatedConvolution : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape images = c.Input(0, 4), filter = c.Input(1, 4), gate = c.Input(2, 4);
        c.SetOutput(0, new PartialShape(gate[0] == 1 ? images[0] : gate[0], images[1], images[2], filter[3]));
    }

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows(1);

    public static Kernel CreateKernel(KernelBuilder node) => new GatedConvolutionKernel(node);

    /// <summary>Joins a convolution with the product before it, where the filter is smaller than the images.</summary>
    internal static bool Replaces(RewriteContext c)
    {
        RewriteValue product = c.Input(0);
        if (product.Op != "Mul" || !product.IsAbsorbable || c.Node.Attr("depthwise").AsBool() || c.Node.Attr("data_format").AsString() != "NHWC"
            || c.Node.Attr("padding").AsString() == "EXPLICIT" || Array.Exists(c.Node.Attr("strides").AsInts(), s => s != 1))
            return false;
        if (c.Input(1).Constant is not { Rank: 4 } filter || filter.Shape[0] != 1 || filter.Shape[1] != 1)
            return false;
        for (int side = 0; side < 2; side++)
        {
            RewriteValue images = product.Input(side), gate = product.Input(1 - side);
            if (!IsGate(images.Shape, gate.Shape, filter.Shape))
                continue;
            var inputs = new List<RewriteValue> { images, c.Input(1), gate };
            for (int i = 2; i < c.InputCount; i++)
                inputs.Add(c.Input(i));
            var attrs = new List<(string, AttrValue)>();
            foreach (string name in (ReadOnlySpan<string>)["T", "N", "scale", "bias", "residual", "activation", "alpha"])
            {
                if (c.Node.Attrs.TryGetValue(name, out AttrValue? value))
                    attrs.Add((name, value));
            }

            return c.Replace("_GatedConvolution", [.. inputs], [.. attrs]);
        }

        return false;
    }

    private static bool IsGate(PartialShape images, PartialShape gate, Shape filter)
        => images is { HasRank: true, Rank: 4 } && gate is { HasRank: true, Rank: 4 } && gate[1] == 1 && gate[2] == 1 && gate[3] == filter[2] && images[3] == filter[2]
            && (gate[0] == 1 || gate[0] == images[0]) && images[1] > 1 && images[2] > 1 && images[1] >= (filter[3] + images[2] - 1) / images[2];
}
