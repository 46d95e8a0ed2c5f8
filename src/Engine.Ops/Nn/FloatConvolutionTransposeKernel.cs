using Engine.OpModel;
using Engine.Ops.Convolution;
using Engine.Ops.Gemm;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>The gradient of a convolution's input, of float32, with what follows it fused. A constant filter is packed once.</summary>
internal sealed unsafe class FloatConvolutionTransposeKernel : Kernel
{
    private readonly WindowAttributes _attributes;
    private readonly ConvolutionEnd _end;
    private readonly bool _sizesAreShape;
    private readonly bool _isConstant;
    private TransposedFilter? _packed;
    private ConvolutionFilter? _reversed;

    public FloatConvolutionTransposeKernel(KernelBuilder node, int spatialRank, bool sizesAreShape)
    {
        _attributes = ConvolutionInputGradientKernel<float>.Checked(node, spatialRank);
        _end = new ConvolutionEnd(node, 3);
        _sizesAreShape = sizesAreShape;
        _isConstant = node.Constant(1) is not null;
    }

    public override void Compute(KernelContext context)
    {
        Tensor filter = context.Input(1), gradient = context.Input(2);
        if (gradient.Rank != _attributes.Rank)
            throw EngineException.InvalidArgument($"out_backprop must be {_attributes.Rank}-dimensional: {gradient.Shape}");
        Shape images = _sizesAreShape ? InputSizes.Read(_attributes, context.Input(0), filter.Shape, gradient.Shape) : context.Input(0).Shape;
        bool nothing = filter.Count == 0 || gradient.Count == 0;
        bool channels = filter.Rank == _attributes.Rank && filter.Shape[-2] > 0;
        if ((images.Count == 0 || (nothing && channels && _end.IsNothing)) && images.Rank == _attributes.Rank)
        {
            context.AllocateZeros(0, images);
            return;
        }

        ConvolutionGeometry g = ConvolutionShapes.Create(_attributes, images, filter.Shape, depthwise: false);
        ConvolutionShapes.CheckGradient(_attributes, g, gradient.Shape);
        Tensor? residual = _end.Residual(context);
        if (residual is null || residual.Shape.Equals(images))
        {
            Compute(g, filter, gradient, context.Allocate(0, images), _end.Of(context, g.InputChannels, residual), context.Workers);
            return;
        }

        using Tensor sums = context.Temporary(DType.Float32, images);
        Compute(g, filter, gradient, sums, _end.Of(context, g.InputChannels, null, activates: false), context.Workers);
        BroadcastSum.Compute(context, sums, residual, _end.Activation);
    }

    private void Compute(ConvolutionGeometry g, Tensor filter, Tensor gradient, Tensor result, in TileEnd end, WorkerTeam workers)
    {
        using var y = ChannelsLast<float>.Read(gradient, _attributes.ChannelsFirst);
        using var x = ChannelsLast<float>.Write(result, _attributes.ChannelsFirst);
        if (_isConstant && TransposedFilter.Suits(g) && g.Height.Stride == 1 && g.Width.Stride == 1)
        {
            Reversed(g, filter).Forward(Forward(g), y.Pointer, x.Pointer, end, workers);
        }
        else if (TransposedFilter.Suits(g))
        {
            if (!TransposedConvolution.Compute(g, y.Pointer, Packed(g, filter), x.Pointer, end, workers))
                TransposedConvolution.Compute(g, y.Pointer, new TransposedFilter(g, filter.Pointer<float>(), exact: true), x.Pointer, end, workers);
        }
        else
        {
            Convolutions.BackpropInput(g, filter.Pointer<float>(), y.Pointer, x.Pointer, workers);
            if (!_end.IsNothing)
                end.Apply(x.Pointer, g.Batch * g.InputPixels, g.InputChannels);
        }

        x.Store();
    }

    /// <summary>The convolution with the taps in reverse order that a transposed one of stride 1 is.</summary>
    private static ConvolutionGeometry Forward(ConvolutionGeometry g)
        => new(g.Batch, [Reversed(g.Height), Reversed(g.Width)], g.OutputChannels, g.OutputChannels, g.InputChannels);

    private static WindowDimension Reversed(in WindowDimension d) => WindowDimension.Sliding(d.Output, d.Filter, d.Filter - 1 - d.Before, d.Input);

    private ConvolutionFilter Reversed(ConvolutionGeometry g, Tensor filter)
    {
        if (Volatile.Read(ref _reversed) is { } reversed)
            return reversed;
        Tensor taps = Tensor.Allocate(DType.Float32, new Shape([g.Height.Filter, g.Width.Filter, g.OutputChannels, g.InputChannels]));
        long size = g.OutputChannels * g.InputChannels;
        for (long tap = 0; tap < g.Taps; tap++)
            Transposition.Copy(filter.Pointer<float>() + ((g.Taps - 1 - tap) * size), g.InputChannels, g.OutputChannels, g.OutputChannels, taps.Pointer<float>() + (tap * size));
        Volatile.Write(ref _reversed, reversed = new ConvolutionFilter(taps, isConstant: true));
        return reversed;
    }

    private TransposedFilter Packed(ConvolutionGeometry g, Tensor filter)
    {
        // What is packed does not depend on sizes of images.
        if (!_isConstant)
            return new TransposedFilter(g, filter.Pointer<float>());
        if (Volatile.Read(ref _packed) is not { } packed)
            Volatile.Write(ref _packed, packed = new TransposedFilter(g, filter.Pointer<float>()));
        return packed;
    }
}
