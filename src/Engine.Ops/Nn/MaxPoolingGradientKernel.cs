using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Pooling;
using Engine.Runtime;

namespace Engine.Ops.Nn;

/// <summary>The gradient of max pooling, or the gradient of that gradient. Inputs: images, their pooling, the gradient.</summary>
/// <param name="node">The node.</param>
/// <param name="attributes">The window; null when sizes and strides come as inputs 3 and 4.</param>
/// <param name="second">The gradient's gradient: it has the images' shape and the result that of the pooling.</param>
internal sealed unsafe class MaxPoolingGradientKernel<T>(KernelBuilder node, WindowAttributes? attributes, bool second) : Kernel
    where T : unmanaged, INumber<T>
{
    private readonly Graphs.Node _node = node.Node;

    public override void Compute(KernelContext context)
    {
        WindowAttributes window = attributes ?? PoolingOps.WindowFromInputs(_node, context, 3);
        Tensor images = context.Input(0), pooled = context.Input(1), gradient = context.Input(2);
        CheckRank(images, "orig_input", window.Rank);
        CheckRank(pooled, "orig_output", window.Rank);
        CheckRank(gradient, second ? "grad_grad" : "out_backprop", window.Rank);
        PoolingGeometry g = PoolingShapes.Create(window, images.Shape, out Shape output);
        if (!output.Equals(pooled.Shape))
            throw EngineException.InvalidArgument($"Expected orig_output shape to be {output}, but got {pooled.Shape}");
        Shape expected = second ? images.Shape : output;
        if (!expected.Equals(gradient.Shape))
            throw EngineException.InvalidArgument($"Expected grad shape to be {expected}, but got {gradient.Shape}");
        Tensor result = context.Allocate(0, second ? output : images.Shape);
        if (result.Count == 0)
            return;
        using var x = ChannelsLast<T>.Read(images, window.ChannelsFirst);
        using var y = ChannelsLast<T>.Read(pooled, window.ChannelsFirst);
        using var d = ChannelsLast<T>.Read(gradient, window.ChannelsFirst);
        using var r = ChannelsLast<T>.Write(result, window.ChannelsFirst);
        if (second)
            MaxPoolingGradient.Gather(g, x.Pointer, y.Pointer, d.Pointer, r.Pointer, context.Workers);
        else
            MaxPoolingGradient.Compute(g, x.Pointer, y.Pointer, d.Pointer, r.Pointer, context.Workers);
        r.Store();
    }

    private static void CheckRank(Tensor tensor, string name, int rank)
    {
        if (tensor.Rank != rank)
            throw EngineException.InvalidArgument($"{name} must be {rank}-dimensional: {tensor.Shape}");
    }
}
