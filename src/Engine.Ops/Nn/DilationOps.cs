using Engine.Graphs;
using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>What dilation and its gradients share.</summary>
internal static class DilationOps
{
    public static Kernel CreateKernel(KernelBuilder node, DilationResult result)
    {
        WindowAttributes window = Window(node.Node);
        return node.Type("T") switch
        {
            DType.Float32 => new DilationKernel<float>(window, result),
            DType.Float64 => new DilationKernel<double>(window, result),
            DType.Float16 => new DilationKernel<Half>(window, result),
            DType.BFloat16 => new DilationKernel<BFloat16>(window, result),
            DType.Int8 => new DilationKernel<sbyte>(window, result),
            DType.Int16 => new DilationKernel<short>(window, result),
            DType.Int32 => new DilationKernel<int>(window, result),
            DType.Int64 => new DilationKernel<long>(window, result),
            DType.UInt8 => new DilationKernel<byte>(window, result),
            DType.UInt16 => new DilationKernel<ushort>(window, result),
            DType.UInt32 => new DilationKernel<uint>(window, result),
            DType.UInt64 => new DilationKernel<ulong>(window, result),
            _ => throw node.NoKernel(),
        };
    }

    /// <summary>The window of a node; strides and rates over batch and channels must be 1.</summary>
    public static WindowAttributes Window(Node node)
    {
        var window = new WindowAttributes(node, 2);
        if (window.Strides[0] != 1 || window.Strides[3] != 1)
            throw EngineException.Unimplemented("Stride is only supported across spatial dimensions.").At(node.Name, node.Op);
        if (window.Dilations[0] != 1 || window.Dilations[3] != 1)
            throw EngineException.Unimplemented("Rate is only supported across spatial dimensions.").At(node.Name, node.Op);
        return window;
    }

    /// <summary>A gradient op of the forward node.</summary>
    public static Value Node(GradientContext g, string op)
        => g.NewNode(op).Input(g.Input(0)).Input(g.Input(1)).Input(g.OutputGradient(0))
            .Attr("strides", g.Attr("strides")).Attr("rates", g.Attr("rates")).Attr("padding", g.Attr("padding")).Build()[0];
}
