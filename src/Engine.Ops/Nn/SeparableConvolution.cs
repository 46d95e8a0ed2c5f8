using Engine.Graphs;
using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>A depthwise convolution whose results go into a pointwise one alone, each with what follows it: what plans have in place of the two.</summary>
[Op("_SeparableConvolution", Definition = "_SeparableConvolution(input:T; depth_filter:T; filter:T; args:N*T) -> (output:T) {T:type in [float]; "
    + "depth_scale:bool = false; depth_bias:bool = false; depth_activation:string = ''; depth_alpha:float = 0.0; " + ConvolutionEnd.Attributes
    + "; strides:list(int); padding:string in ['SAME','VALID','EXPLICIT']; explicit_paddings:list(int) = []; dilations:list(int) = [1,1,1,1]}")]
internal sealed class SeparableConvolution : IOp
{
    /// <summary>Larger pointwise filters are divided among threads by channels rather than read by all.</summary>
    private const long LargeFilterBytes = 256 << 10;

    /// <summary>Smaller images stay in the cache between the two.</summary>
    private const long SmallImageBytes = 48 << 10;

    private const long FewLines = 8;

    private const long FewChannels = 16;

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows(1, 2);

    public static void InferShapes(InferenceContext c)
    {
        if (c.Attr("residual").AsBool())
            return;
        PartialShape images = c.Input(0, 4), depthwise = c.Input(1, 4), filter = c.Input(2, 4);
        var attributes = new WindowAttributes(c.Node, 2);
        c.SetOutput(0, attributes.PartialImages(images[0], [attributes.Output(0, images[1], depthwise[0]), attributes.Output(1, images[2], depthwise[1])], filter[3]));
    }

    public static Kernel CreateKernel(KernelBuilder node) => new SeparableConvolutionKernel(node);

    /// <summary>Joins a pointwise convolution with the depthwise one before it.</summary>
    internal static bool Replaces(RewriteContext c)
    {
        RewriteValue depth = c.Input(0);
        if (!depth.IsAbsorbable || depth.Op is not ("DepthwiseConv2dNative" or "_FusedConvolution") || !ConvolutionPair.Is(depth.Node, depthwise: true) || ConvolutionPair.HasResidual(depth.Node)
            || !ConvolutionPair.Is(c.Node, depthwise: false) || c.Node.Attr("padding").AsString() == "EXPLICIT" || Array.Exists(c.Node.Attr("strides").AsInts(), s => s != 1))
            return false;
        if (c.Input(1).Constant is not { Rank: 4 } filter || filter.Shape[0] != 1 || filter.Shape[1] != 1 || filter.Shape[3] < FewChannels
            || filter.Count * sizeof(float) > LargeFilterBytes)
            return false;
        if (depth.Input(1).Constant is not { Rank: 4 } window || window.Count == 0 || window.Shape[3] != 1 || window.Shape[2] < FewChannels || window.Shape[2] != filter.Shape[2])
            return false;
        PartialShape images = depth.Shape;
        if (!images.HasRank || images.Rank != 4 || images[1] < FewLines || images[2] < 1 || images[1] > int.MaxValue || images[2] > int.MaxValue
            || images[1] * images[2] * filter.Shape[2] * sizeof(float) < SmallImageBytes)
            return false;
        return ConvolutionPair.Join(c, "_SeparableConvolution", depth, "depth_", depth.Node);
    }
}
