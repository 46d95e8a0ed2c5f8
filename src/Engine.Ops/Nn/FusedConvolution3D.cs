using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>A convolution of volumes with what follows it: bias, a tensor added, activation. Plans have it in place of several ops.</summary>
[Op("_FusedConvolution3D", Definition = "_FusedConvolution3D(input:T; filter:T; args:N*T) -> (output:T) {T:type in [float]; " + ConvolutionEnd.Attributes
    + "; strides:list(int); padding:string in ['SAME','VALID']; data_format:string in ['NDHWC','NCDHW'] = 'NDHWC'; dilations:list(int) = [1,1,1,1,1]}")]
internal sealed class FusedConvolution3D : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        if (!c.Attr("residual").AsBool())
            ConvolutionShapes.InferForward(c, 3, depthwise: false);
    }

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows(1);

    public static Kernel CreateKernel(KernelBuilder node) => new FloatConvolutionKernel(node, 3, depthwise: false);
}
