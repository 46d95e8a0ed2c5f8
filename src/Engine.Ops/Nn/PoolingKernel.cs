using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Pooling;
using Engine.Runtime;

namespace Engine.Ops.Nn;

/// <summary>A pooling that takes images to images of fewer pixels.</summary>
/// <param name="attributes">The window; null when sizes and strides come as inputs 1 and 2.</param>
/// <param name="node">The node.</param>
/// <param name="maximum">The largest element of each window; else the mean.</param>
internal sealed unsafe class PoolingKernel<T>(KernelBuilder node, WindowAttributes? attributes, bool maximum) : Kernel
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    private readonly Graphs.Node _node = node.Node;

    public override void Compute(KernelContext context)
    {
        WindowAttributes window = attributes ?? PoolingOps.WindowFromInputs(_node, context, 1);
        Tensor images = context.Input(0);
        PoolingGeometry g = PoolingShapes.Create(window, images.Shape, out Shape shape);
        Tensor output = context.Allocate(0, shape);
        if (output.Count == 0)
            return;
        using var x = ChannelsLast<T>.Read(images, window.ChannelsFirst);
        using var y = ChannelsLast<T>.Write(output, window.ChannelsFirst);
        if (maximum)
            MaxPooling<T>.Forward(g, x.Pointer, y.Pointer, context.Workers);
        else
            AveragePooling<T>.Forward(g, x.Pointer, y.Pointer, context.Workers);
        y.Store();
    }
}
