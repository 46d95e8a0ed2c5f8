using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Convolution;
using Engine.Runtime;

namespace Engine.Ops.Nn;

/// <summary>The gradient of a convolution's filter, of one element type.</summary>
/// <param name="node">The node.</param>
/// <param name="spatialRank">Spatial dimensions.</param>
/// <param name="depthwise">Whether each input channel has filters of its own.</param>
/// <param name="sizesAreShape">Whether input 1 holds the sizes of the result; else it is a tensor of the result's shape.</param>
internal sealed unsafe class ConvolutionFilterGradientKernel<T>(KernelBuilder node, int spatialRank, bool depthwise, bool sizesAreShape = true)
    : Kernel
    where T : unmanaged, INumberBase<T>
{
    private readonly WindowAttributes _attributes = ConvolutionInputGradientKernel<T>.Checked(node, spatialRank);

    public override void Compute(KernelContext context)
    {
        Tensor images = context.Input(0), gradient = context.Input(2);
        if (gradient.Rank != _attributes.Rank)
            throw EngineException.InvalidArgument($"out_backprop must be {_attributes.Rank}-dimensional: {gradient.Shape}");
        Shape filter = sizesAreShape ? SizeInput.ReadShape(context.Input(1), "filter_sizes") : context.Input(1).Shape;
        if (filter.Count == 0 && filter.Rank == _attributes.Rank)
        {
            context.Allocate(0, filter);
            return;
        }

        if (images.Rank == _attributes.Rank && filter.Rank == _attributes.Rank && images.Shape[_attributes.ChannelDimension] < filter[-2])
            throw EngineException.InvalidArgument($"input and filter_sizes must have the same number of channels: {images.Shape} vs. {filter}");
        ConvolutionGeometry g = ConvolutionShapes.Create(_attributes, images.Shape, filter, depthwise);
        ConvolutionShapes.CheckGradient(_attributes, g, gradient.Shape);
        if (images.Count == 0 || gradient.Count == 0)
        {
            context.AllocateZeros(0, filter);
            return;
        }

        Tensor result = context.Allocate(0, filter);
        using var x = ChannelsLast<T>.Read(images, _attributes.ChannelsFirst);
        using var y = ChannelsLast<T>.Read(gradient, _attributes.ChannelsFirst);
        Convolutions.BackpropFilter(g, x.Pointer, y.Pointer, result.Pointer<T>(), context.Workers);
    }
}
