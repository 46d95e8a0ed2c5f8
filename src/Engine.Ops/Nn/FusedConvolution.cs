using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>A convolution with what follows it: bias, a tensor added, activation. Plans have it in place of several ops.</summary>
[Op("_FusedConvolution", Definition = "_FusedConvolution(input:T; filter:T; args:N*T) -> (output:T) {T:type in [float]; depthwise:bool = false; " + ConvolutionEnd.Attributes
    + "; strides:list(int); padding:string in ['SAME','VALID','EXPLICIT']; explicit_paddings:list(int) = []; data_format:string in ['NHWC','NCHW'] = 'NHWC'; dilations:list(int) = [1,1,1,1]}")]
internal sealed class FusedConvolution : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        if (!c.Attr("residual").AsBool())
            ConvolutionShapes.InferForward(c, 2, c.Attr("depthwise").AsBool());
    }

    public static Kernel CreateKernel(KernelBuilder node) => new FloatConvolutionKernel(node, 2, node.Bool("depthwise"));

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows(1);

    public static bool Chain(RewriteContext c) => ExpandedDepthwise.Replaces(c) || SeparableConvolution.Replaces(c) || GatedConvolution.Replaces(c);
}
