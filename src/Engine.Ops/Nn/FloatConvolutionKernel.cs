using Engine.OpModel;
using Engine.Ops.Convolution;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>A convolution of float32, with what follows it fused. A constant filter is packed when the plan is made.</summary>
internal sealed unsafe class FloatConvolutionKernel : Kernel
{
    private readonly WindowAttributes _attributes;
    private readonly ConvolutionEnd _end;
    private readonly bool _depthwise;
    private readonly ConvolutionFilter? _filter;
    private DepthwiseFilter? _depthwiseFilter;

    public FloatConvolutionKernel(KernelBuilder node, int spatialRank, bool depthwise)
    {
        _attributes = new WindowAttributes(node.Node, spatialRank);
        _attributes.CheckOuterDimensions(node.Node);
        _end = new ConvolutionEnd(node, 2);
        _depthwise = depthwise;
        if (node.Constant(1) is not { Count: > 0 } filter || filter.Rank != spatialRank + 2)
            return;
        if (depthwise && filter.Shape[-2] > 1)
            _depthwiseFilter = DepthwiseFilter.Of(filter);
        else
            _filter = new ConvolutionFilter(filter, isConstant: true);
    }

    public override void Compute(KernelContext context)
    {
        Tensor images = context.Input(0), filter = context.Input(1);
        ConvolutionGeometry g = ConvolutionShapes.Create(_attributes, images.Shape, filter.Shape, _depthwise);
        Shape shape = ConvolutionShapes.Output(_attributes, g);
        if (shape.Count == 0 || (images.Count == 0 && _end.IsNothing))
        {
            context.AllocateZeros(0, shape);
            return;
        }

        Tensor? residual = _end.Residual(context);
        if (residual is null || residual.Shape.Equals(shape))
        {
            Compute(g, images, filter, context.Allocate(0, shape), _end.Of(context, g.OutputChannels, residual), context.Workers);
            return;
        }

        // The tensor to add is repeated along some dimension, or the results are.
        using Tensor sums = context.Temporary(DType.Float32, shape);
        Compute(g, images, filter, sums, _end.Of(context, g.OutputChannels, null, activates: false), context.Workers);
        BroadcastSum.Compute(context, sums, residual, _end.Activation);
    }

    private void Compute(ConvolutionGeometry g, Tensor images, Tensor filter, Tensor output, in TileEnd end, WorkerTeam workers)
    {
        using var x = ChannelsLast<float>.Read(images, _attributes.ChannelsFirst);
        using var y = ChannelsLast<float>.Write(output, _attributes.ChannelsFirst);
        if (Convolutions.IsDepthwise(g))
            DepthwiseDirect.Forward(g, x.Pointer, Depthwise(filter), y.Pointer, end, workers);
        else
            (_filter ?? new ConvolutionFilter(filter, isConstant: false)).Forward(g, x.Pointer, y.Pointer, end, workers);
        y.Store();
    }

    /// <summary>The packed filter. A dense filter of one channel turns out to be depthwise when the images' channels are known.</summary>
    private DepthwiseFilter Depthwise(Tensor filter)
    {
        if (Volatile.Read(ref _depthwiseFilter) is { } kept)
            return kept;
        DepthwiseFilter packed = DepthwiseFilter.Of(filter);
        if (_filter is not null)
            Volatile.Write(ref _depthwiseFilter, packed);
        return packed;
    }
}
