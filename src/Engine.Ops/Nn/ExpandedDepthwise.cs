using Engine.Graphs;
using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>
/// A pointwise convolution whose results go into a depthwise one alone, each with bias and activation: what plans have in place of the two where the images between them
/// would not stay in the cache.
/// </summary>
[Op("_ExpandedDepthwise", Definition = "_ExpandedDepthwise(input:T; expand_filter:T; filter:T; args:N*T) -> (output:T) {T:type in [float]; "
    + "expand_scale:bool = false; expand_bias:bool = false; expand_activation:string = ''; expand_alpha:float = 0.0; " + ConvolutionEnd.Attributes
    + "; strides:list(int); padding:string in ['SAME','VALID','EXPLICIT']; explicit_paddings:list(int) = []; dilations:list(int) = [1,1,1,1]}")]
internal sealed class ExpandedDepthwise : IOp
{
    /// <summary>Smaller images stay in the second-level cache between the two.</summary>
    private const long LargeBytes = 1 << 20;

    public static void InferShapes(InferenceContext c)
    {
        PartialShape images = c.Input(0, 4), filter = c.Input(2, 4);
        var attributes = new WindowAttributes(c.Node, 2);
        c.SetOutput(0, attributes.PartialImages(images[0], [attributes.Output(0, images[1], filter[0]), attributes.Output(1, images[2], filter[1])], filter[2]));
    }

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows(1, 2);

    public static Kernel CreateKernel(KernelBuilder node) => new ExpandedDepthwiseKernel(node);

    /// <summary>Joins a depthwise convolution with the pointwise one before it.</summary>
    internal static bool Replaces(RewriteContext c)
    {
        RewriteValue expanded = c.Input(0);
        if (!expanded.IsAbsorbable || expanded.Op is not ("Conv2D" or "_FusedConvolution") || !ConvolutionPair.Is(expanded.Node, depthwise: false)
            || !ConvolutionPair.Is(c.Node, depthwise: true) || ConvolutionPair.HasResidual(expanded.Node) || ConvolutionPair.HasResidual(c.Node))
            return false;
        if (expanded.Input(1).Constant is not { Rank: 4 } expand || expand.Shape[0] != 1 || expand.Shape[1] != 1 || expanded.Node.Attr("padding").AsString() == "EXPLICIT"
            || Array.Exists(expanded.Node.Attr("strides").AsInts(), s => s != 1))
            return false;
        if (c.Input(1).Constant is not { Rank: 4 } filter || filter.Count == 0 || filter.Shape[3] != 1 || filter.Shape[2] < 2 || filter.Shape[2] != expand.Shape[3])
            return false;
        PartialShape images = expanded.Input(0).Shape;
        if (!images.HasRank || images.Rank != 4 || images[3] != expand.Shape[2] || images[1] < 1 || images[2] < 1 || images[1] > LargeBytes || images[2] > LargeBytes
            || images[1] * images[2] * filter.Shape[2] * sizeof(float) <= LargeBytes)
            return false;
        return ConvolutionPair.Join(c, "_ExpandedDepthwise", expanded, "expand_", c.Node);
    }
}
