using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>What the convolution ops share: kernels by element type, and gradients made of one another.</summary>
internal static class ConvolutionOps
{
    public static Kernel Forward(KernelBuilder node, int spatialRank, bool depthwise = false) => node.Type("T") switch
    {
        DType.Float32 => new FloatConvolutionKernel(node, spatialRank, depthwise),
        DType.Float64 => new ConvolutionKernel<double>(node, spatialRank, depthwise),
        DType.Float16 => new ConvolutionKernel<Half>(node, spatialRank, depthwise),
        DType.BFloat16 => new ConvolutionKernel<BFloat16>(node, spatialRank, depthwise),
        DType.Int32 when spatialRank == 2 && !depthwise => new ConvolutionKernel<int>(node, spatialRank, depthwise),
        _ => throw node.NoKernel(),
    };

    public static Kernel InputGradient(KernelBuilder node, int spatialRank, bool depthwise = false, bool sizesAreShape = true)
        => node.Type("T") switch
        {
            DType.Float32 when spatialRank == 2 && !depthwise => new FloatConvolutionTransposeKernel(node, spatialRank, sizesAreShape),
            DType.Float32 => new ConvolutionInputGradientKernel<float>(node, spatialRank, depthwise, sizesAreShape),
            DType.Float64 => new ConvolutionInputGradientKernel<double>(node, spatialRank, depthwise, sizesAreShape),
            DType.Float16 => new ConvolutionInputGradientKernel<Half>(node, spatialRank, depthwise, sizesAreShape),
            DType.BFloat16 => new ConvolutionInputGradientKernel<BFloat16>(node, spatialRank, depthwise, sizesAreShape),
            DType.Int32 when spatialRank == 2 && !depthwise => new ConvolutionInputGradientKernel<int>(node, spatialRank, depthwise, sizesAreShape),
            _ => throw node.NoKernel(),
        };

    public static Kernel FilterGradient(KernelBuilder node, int spatialRank, bool depthwise = false, bool sizesAreShape = true)
        => node.Type("T") switch
        {
            DType.Float32 => new ConvolutionFilterGradientKernel<float>(node, spatialRank, depthwise, sizesAreShape),
            DType.Float64 => new ConvolutionFilterGradientKernel<double>(node, spatialRank, depthwise, sizesAreShape),
            DType.Float16 => new ConvolutionFilterGradientKernel<Half>(node, spatialRank, depthwise, sizesAreShape),
            DType.BFloat16 => new ConvolutionFilterGradientKernel<BFloat16>(node, spatialRank, depthwise, sizesAreShape),
            _ => throw node.NoKernel(),
        };

    /// <summary>The output has the shape that an input holds, of a known rank.</summary>
    public static void InferFromSizes(InferenceContext c, int sizes, int rank)
    {
        PartialShape vector = c.Input(sizes, 1);
        PartialShape shape = c.InputAsShape(sizes);
        c.SetOutput(0, shape.HasRank && shape.Rank == rank ? shape : vector[0] == rank || vector[0] < 0 ? PartialShape.OfRank(rank) : PartialShape.Unknown);
    }

    /// <summary>The shape of the images that a transposed convolution makes: as input 0 says, or by height and width alone.</summary>
    public static void InferTransposed(InferenceContext c)
    {
        if (c.InputAsShape(0) is { Rank: 2 } size && c.Attr("data_format").AsString() == "NHWC")
            c.SetOutput(0, [c.Input(2, 4)[0], size[0], size[1], c.Input(1, 4)[2]]);
        else
            InferFromSizes(c, 0, 4);
    }

    /// <summary>A new node of a convolution op with the attributes of the forward node, which all of them share.</summary>
    public static Value Node(GradientContext g, string op, params ReadOnlySpan<Value> inputs)
    {
        NodeBuilder node = g.NewNode(op);
        foreach (Value input in inputs)
            node.Input(input);
        foreach (string name in (ReadOnlySpan<string>)["strides", "padding", "explicit_paddings", "data_format", "dilations", "use_cudnn_on_gpu"])
        {
            if (g.Node.Attrs.TryGetValue(name, out AttrValue? value))
                node.Attr(name, value);
        }

        return node.Build()[0];
    }

    /// <summary>The shape of a value, as an int32 vector.</summary>
    public static Value ShapeOf(GradientContext g, Value value) => g.NewNode("Shape").Input(value).Build()[0];

    /// <summary>Gradients of a convolution's input and filter.</summary>
    public static Gradient?[] ForwardGradient(GradientContext g, string inputGradient, string filterGradient)
    {
        Value d = g.OutputGradient(0);
        return
        [
            Node(g, inputGradient, ShapeOf(g, g.Input(0)), g.Input(1), d),
            Node(g, filterGradient, g.Input(0), ShapeOf(g, g.Input(1)), d),
        ];
    }

    /// <summary>Gradients of the op that gives the input's gradient, by its filter and the output's gradient.</summary>
    public static Gradient?[] InputGradientGradient(GradientContext g, string forward, string filterGradient)
    {
        Value d = g.OutputGradient(0);
        return [null, Node(g, filterGradient, d, ShapeOf(g, g.Input(1)), g.Input(2)), Node(g, forward, d, g.Input(1))];
    }

    /// <summary>Gradients of the op that gives the filter's gradient, by its input and the output's gradient.</summary>
    public static Gradient?[] FilterGradientGradient(GradientContext g, string forward, string inputGradient)
    {
        Value d = g.OutputGradient(0);
        return [Node(g, inputGradient, ShapeOf(g, g.Input(0)), d, g.Input(2)), null, Node(g, forward, g.Input(0), d)];
    }
}
