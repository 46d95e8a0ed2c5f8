using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>What the pooling ops share: kernels by element type, windows from attributes or inputs, gradients made of one another.</summary>
internal static class PoolingOps
{
    public static Kernel Average(KernelBuilder node, int spatialRank)
    {
        WindowAttributes window = Window(node, spatialRank, depthwise: false)!;
        return node.Type("T") switch
        {
            DType.Float32 => new PoolingKernel<float>(node, window, maximum: false),
            DType.BFloat16 => new PoolingKernel<BFloat16>(node, window, maximum: false),
            DType.Float64 when spatialRank == 2 => new PoolingKernel<double>(node, window, maximum: false),
            DType.Float16 when spatialRank == 2 => new PoolingKernel<Half>(node, window, maximum: false),
            _ => throw node.NoKernel(),
        };
    }

    public static Kernel AverageGradient(KernelBuilder node, int spatialRank)
    {
        WindowAttributes window = Window(node, spatialRank, depthwise: false)!;
        return node.Type("T") switch
        {
            DType.Float32 => new AveragePoolingGradientKernel<float>(window),
            DType.BFloat16 => new AveragePoolingGradientKernel<BFloat16>(window),
            DType.Float64 when spatialRank == 2 => new AveragePoolingGradientKernel<double>(window),
            DType.Float16 when spatialRank == 2 => new AveragePoolingGradientKernel<Half>(window),
            _ => throw node.NoKernel(),
        };
    }

    public static Kernel Maximum(KernelBuilder node, int spatialRank)
    {
        WindowAttributes? window = Window(node, spatialRank, depthwise: true);
        return node.Type("T") switch
        {
            DType.Float32 => new PoolingKernel<float>(node, window, maximum: true),
            DType.BFloat16 => new PoolingKernel<BFloat16>(node, window, maximum: true),
            _ when spatialRank == 3 => throw node.NoKernel(),
            DType.Float64 => new PoolingKernel<double>(node, window, maximum: true),
            DType.Float16 => new PoolingKernel<Half>(node, window, maximum: true),
            DType.Int8 => new PoolingKernel<sbyte>(node, window, maximum: true),
            DType.Int16 => new PoolingKernel<short>(node, window, maximum: true),
            DType.Int32 => new PoolingKernel<int>(node, window, maximum: true),
            DType.Int64 => new PoolingKernel<long>(node, window, maximum: true),
            DType.UInt8 => new PoolingKernel<byte>(node, window, maximum: true),
            DType.UInt16 => new PoolingKernel<ushort>(node, window, maximum: true),
            DType.UInt32 => new PoolingKernel<uint>(node, window, maximum: true),
            DType.UInt64 => new PoolingKernel<ulong>(node, window, maximum: true),
            _ => throw node.NoKernel(),
        };
    }

    public static Kernel MaximumGradient(KernelBuilder node, int spatialRank, bool second = false)
    {
        WindowAttributes? window = Window(node, spatialRank, depthwise: false);
        return node.Type("T") switch
        {
            DType.Float32 => new MaxPoolingGradientKernel<float>(node, window, second),
            DType.BFloat16 => new MaxPoolingGradientKernel<BFloat16>(node, window, second),
            _ when spatialRank == 3 => throw node.NoKernel(),
            DType.Float64 => new MaxPoolingGradientKernel<double>(node, window, second),
            DType.Float16 => new MaxPoolingGradientKernel<Half>(node, window, second),
            DType.Int8 => new MaxPoolingGradientKernel<sbyte>(node, window, second),
            DType.Int16 => new MaxPoolingGradientKernel<short>(node, window, second),
            DType.Int32 => new MaxPoolingGradientKernel<int>(node, window, second),
            DType.Int64 => new MaxPoolingGradientKernel<long>(node, window, second),
            DType.UInt8 => new MaxPoolingGradientKernel<byte>(node, window, second),
            DType.UInt16 => new MaxPoolingGradientKernel<ushort>(node, window, second),
            DType.UInt32 => new MaxPoolingGradientKernel<uint>(node, window, second),
            DType.UInt64 => new MaxPoolingGradientKernel<ulong>(node, window, second),
            _ => throw node.NoKernel(),
        };
    }

    /// <summary>The window whose sizes and strides are two inputs, which any run may change.</summary>
    public static WindowAttributes WindowFromInputs(Node node, KernelContext context, int first)
        => WindowFromTensors(node, context.Input(first), context.Input(first + 1), depthwise: first == 1);

    /// <summary>The output's shape from those of the images and the window of the attributes.</summary>
    public static void Infer(InferenceContext c, int spatialRank) => PoolingShapes.Infer(c, new WindowAttributes(c.Node, spatialRank));

    /// <summary>The output's shape where the window's sizes and strides are inputs 1 and 2.</summary>
    public static void InferFromInputs(InferenceContext c)
    {
        if (c.InputTensor(1) is { } sizes && c.InputTensor(2) is { } strides)
            PoolingShapes.Infer(c, WindowFromTensors(c.Node, sizes, strides, depthwise: true));
        else
            c.SetOutput(0, c.Input(0, 4) is var images ? new PartialShape(images[0], -1, -1, -1) : PartialShape.Unknown);
    }

    /// <summary>A new node of a pooling op with the attributes of the forward node.</summary>
    public static Value Node(GradientContext g, string op, params ReadOnlySpan<Value> inputs)
    {
        NodeBuilder node = g.NewNode(op);
        foreach (Value input in inputs)
            node.Input(input);
        foreach (string name in (ReadOnlySpan<string>)["ksize", "strides", "padding", "explicit_paddings", "data_format"])
        {
            bool known = op is not ("MaxPoolGradGrad" or "MaxPoolGradGradV2") || name != "explicit_paddings";
            if (known && g.Node.Attrs.TryGetValue(name, out AttrValue? value))
                node.Attr(name, value);
        }

        return node.Build()[0];
    }

    /// <summary>Gradients of an op with the inputs images, their pooling and a gradient: only the last one has any.</summary>
    public static Gradient?[] OfGradient(GradientContext g, string op)
    {
        Value images = g.Input(0), pooled = g.Input(1), d = g.OutputGradient(0);
        var gradients = new Gradient?[g.InputCount];
        gradients[0] = g.NewNode("ZerosLike").Input(images).Build()[0];
        gradients[1] = g.NewNode("ZerosLike").Input(pooled).Build()[0];
        gradients[2] = g.InputCount == 5 ? Node(g, op, images, pooled, d, g.Input(3), g.Input(4)) : Node(g, op, images, pooled, d);
        return gradients;
    }

    private static WindowAttributes? Window(KernelBuilder node, int spatialRank, bool depthwise)
    {
        if (!node.Node.Attrs.ContainsKey("ksize"))
            return null;
        var window = new WindowAttributes(node.Node, spatialRank);
        PoolingShapes.Check(window, node.Node, depthwise);
        return window;
    }

    private static WindowAttributes WindowFromTensors(Node node, Tensor sizes, Tensor strides, bool depthwise)
    {
        var window = new WindowAttributes(node, 2, SizeInput.Elements(strides), SizeInput.Elements(sizes));
        PoolingShapes.Check(window, node, depthwise);
        return window;
    }
}
