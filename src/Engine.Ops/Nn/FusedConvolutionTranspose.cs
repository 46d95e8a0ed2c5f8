using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>A transposed convolution with what follows it: bias, a tensor added, activation. Plans have it in place of several ops.</summary>
[Op("_FusedConvolutionTranspose", Definition = "_FusedConvolutionTranspose(input_sizes:int32; filter:T; out_backprop:T; args:N*T) -> (output:T) {T:type in [float]; " + ConvolutionEnd.Attributes
    + "; strides:list(int); padding:string in ['SAME','VALID','EXPLICIT']; explicit_paddings:list(int) = []; data_format:string in ['NHWC','NCHW'] = 'NHWC'; dilations:list(int) = [1,1,1,1]}")]
internal sealed class FusedConvolutionTranspose : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        if (!c.Attr("residual").AsBool())
            ConvolutionOps.InferTransposed(c);
    }

    public static bool ActsOnRows(RewriteContext c) => c.Input(0).Constant is { Count: 2 } && c.BroadcastsToRows(0, 1);

    public static Kernel CreateKernel(KernelBuilder node) => new FloatConvolutionTransposeKernel(node, 2, sizesAreShape: true);
}
