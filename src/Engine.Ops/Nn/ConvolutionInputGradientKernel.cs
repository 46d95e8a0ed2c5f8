using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Convolution;
using Engine.Runtime;

namespace Engine.Ops.Nn;

/// <summary>The gradient of a convolution's input, of one element type.</summary>
/// <param name="node">The node.</param>
/// <param name="spatialRank">Spatial dimensions.</param>
/// <param name="depthwise">Whether each input channel has filters of its own.</param>
/// <param name="sizesAreShape">Whether input 0 holds the sizes of the result; else it is a tensor of the result's shape.</param>
internal sealed unsafe class ConvolutionInputGradientKernel<T>(KernelBuilder node, int spatialRank, bool depthwise, bool sizesAreShape = true)
    : Kernel
    where T : unmanaged, INumberBase<T>
{
    private readonly WindowAttributes _attributes = Checked(node, spatialRank);

    public override void Compute(KernelContext context)
    {
        Tensor filter = context.Input(1), gradient = context.Input(2);
        if (gradient.Rank != _attributes.Rank)
            throw EngineException.InvalidArgument($"out_backprop must be {_attributes.Rank}-dimensional: {gradient.Shape}");
        Shape images = sizesAreShape ? InputSizes.Read(_attributes, context.Input(0), filter.Shape, gradient.Shape, depthwise) : context.Input(0).Shape;
        bool nothing = filter.Count == 0 || gradient.Count == 0;
        bool channels = filter.Rank == _attributes.Rank && filter.Shape[-2] > 0;
        if ((images.Count == 0 || (nothing && channels)) && images.Rank == _attributes.Rank)
        {
            context.AllocateZeros(0, images);
            return;
        }

        ConvolutionGeometry g = ConvolutionShapes.Create(_attributes, images, filter.Shape, depthwise);
        ConvolutionShapes.CheckGradient(_attributes, g, gradient.Shape);
        Tensor result = context.Allocate(0, images);
        using var y = ChannelsLast<T>.Read(gradient, _attributes.ChannelsFirst);
        using var x = ChannelsLast<T>.Write(result, _attributes.ChannelsFirst);
        Convolutions.BackpropInput(g, filter.Pointer<T>(), y.Pointer, x.Pointer, context.Workers);
        x.Store();
    }

    internal static WindowAttributes Checked(KernelBuilder node, int spatialRank)
    {
        var attributes = new WindowAttributes(node.Node, spatialRank);
        attributes.CheckOuterDimensions(node.Node);
        return attributes;
    }
}
