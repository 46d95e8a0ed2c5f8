using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Pooling;
using Engine.Runtime;

namespace Engine.Ops.Nn;

/// <summary>The gradient of average pooling; input 0 holds the shape of the images.</summary>
internal sealed unsafe class AveragePoolingGradientKernel<T>(WindowAttributes window) : Kernel
    where T : unmanaged, INumber<T>
{
    public override void Compute(KernelContext context)
    {
        Tensor sizes = context.Input(0), gradient = context.Input(1);
        if (sizes.Rank != 1 || sizes.Count != window.Rank)
            throw EngineException.InvalidArgument($"orig_input_shape must be 1-dimensional and {window.Rank} elements, not {sizes.Shape}");
        if (gradient.Rank != window.Rank)
            throw EngineException.InvalidArgument($"out_backprop must be {window.Rank}-dimensional: {gradient.Shape}");
        Shape images = SizeInput.ReadShape(sizes, "orig_input_shape");
        if (gradient.Count == 0 && images.Rank == window.Rank)
        {
            context.AllocateZeros(0, images);
            return;
        }

        PoolingGeometry g = PoolingShapes.Create(window, images, out Shape output);
        if (!output.Equals(gradient.Shape))
            throw EngineException.InvalidArgument($"Expected grad shape to be {output}, but got {gradient.Shape}");
        Tensor result = context.Allocate(0, images);
        if (result.Count == 0)
            return;
        using var y = ChannelsLast<T>.Read(gradient, window.ChannelsFirst);
        using var x = ChannelsLast<T>.Write(result, window.ChannelsFirst);
        AveragePoolingGradient<T>.Compute(g, y.Pointer, x.Pointer, context.Workers);
        x.Store();
    }
}
