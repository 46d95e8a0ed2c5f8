using Engine.Graphs;
using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>
/// A convolution with what TensorFlow's optimiser found behind it: bias, a tensor added or batch normalisation, then an activation. Where it can it becomes
/// <see cref="FusedConvolution"/>, which plans make themselves of such chains.
/// </summary>
[Op("_FusedConv2D", "_FusedConv3D", "_FusedDepthwiseConv2dNative")]
internal sealed class FusedConv2D : IOp
{
    public static void InferShapes(InferenceContext c) => ConvolutionShapes.InferForward(c, SpatialRank(c.Node), IsDepthwise(c.Node));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        Kernel convolution = ConvolutionOps.Forward(node, SpatialRank(node.Node), IsDepthwise(node.Node));
        var end = new FusedConvolutionOps(node.Node);
        return node.Type("T") switch
        {
            DType.Float32 => new FusedConvolutionOpsKernel<float>(convolution, end),
            DType.Float64 => new FusedConvolutionOpsKernel<double>(convolution, end),
            DType.BFloat16 => new FusedConvolutionOpsKernel<BFloat16>(convolution, end),
            DType.Float16 => new FusedConvolutionOpsKernel<Half>(convolution, end),
            _ => throw node.NoKernel(),
        };
    }

    public static bool Simplify(RewriteContext c)
    {
        if (SpatialRank(c.Node) != 2 || c.Type("T") != DType.Float32 || c.Node.Attr("data_format").AsString() != "NHWC")
            return false;
        var end = new FusedConvolutionOps(c.Node);
        List<RewriteValue> inputs = [c.Input(0), c.Input(1)];
        if (!end.HasNorm)
        {
            for (int i = 2; i < c.InputCount; i++)
                inputs.Add(c.Input(i));
        }
        else
        {
            var vectors = new float[4][];
            for (int i = 0; i < 4; i++)
            {
                if (c.Input(2 + i).Constant is not { Type: DType.Float32, Rank: 1 } vector || (i > 0 && vector.Count != vectors[0].Length))
                    return false;
                vectors[i] = vector.ToArray<float>();
            }
            var (factors, offsets) = end.Normalisation(vectors[0], vectors[1], vectors[2], vectors[3]);
            inputs.Add(c.Constant(Tensor.From<float>(Array.ConvertAll(factors, x => (float)x), Shape.Vector(factors.Length))));
            inputs.Add(c.Constant(Tensor.From<float>(Array.ConvertAll(offsets, x => (float)x), Shape.Vector(offsets.Length))));
        }
        List<(string, AttrValue)> attrs =
        [
            ("T", AttrValue.Of(DType.Float32)),
            ("N", AttrValue.Of(inputs.Count - 2L)),
            ("depthwise", AttrValue.Of(IsDepthwise(c.Node))),
            ("scale", AttrValue.Of(end.HasNorm)),
            ("bias", AttrValue.Of(end.HasNorm || end.HasBias)),
            ("residual", AttrValue.Of(end.HasAddend)),
            ("activation", AttrValue.Of(end.Activation == Gemm.Activation.None ? "" : end.Activation.ToString())),
            ("alpha", AttrValue.Of(end.Alpha)),
        ];
        foreach (string name in (ReadOnlySpan<string>)["strides", "padding", "explicit_paddings", "data_format", "dilations"])
        {
            if (c.Node.Attrs.TryGetValue(name, out AttrValue? value))
                attrs.Add((name, value));
        }

        return c.Replace("_FusedConvolution", [.. inputs], [.. attrs]);
    }

    private static int SpatialRank(Node node) => node.Op == "_FusedConv3D" ? 3 : 2;

    private static bool IsDepthwise(Node node) => node.Op == "_FusedDepthwiseConv2dNative";
}
