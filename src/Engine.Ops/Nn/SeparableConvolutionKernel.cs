using Engine.OpModel;
using Engine.Ops.Convolution;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>The two convolutions of <see cref="SeparableConvolution"/>. Constant filters are packed when the plan is made.</summary>
internal sealed unsafe class SeparableConvolutionKernel : Kernel
{
    private readonly WindowAttributes _attributes;
    private readonly ConvolutionEnd _depthwiseEnd;
    private readonly ConvolutionEnd _end;
    private readonly DepthwiseFilter? _depthwise;
    private readonly FilterPanels? _filter;

    public SeparableConvolutionKernel(KernelBuilder node)
    {
        _attributes = new WindowAttributes(node.Node, 2);
        _attributes.CheckOuterDimensions(node.Node);
        _depthwiseEnd = new ConvolutionEnd(node, 3, "depth_");
        _end = new ConvolutionEnd(node, 3 + _depthwiseEnd.Arguments);
        if (node.Constant(1) is { Rank: 4, Count: > 0 } depthwise)
            _depthwise = DepthwiseFilter.Of(depthwise);
        if (node.Constant(2) is { Rank: 4, Count: > 0 } filter)
        {
            _filter = FilterPanels.Pointwise(filter);
            filter.Unload();
        }
    }

    public override void Compute(KernelContext context)
    {
        Tensor images = context.Input(0), depthwise = context.Input(1), filter = context.Input(2);
        ConvolutionGeometry g = ConvolutionShapes.Create(_attributes, images.Shape, depthwise.Shape, depthwise: true);
        if (g.GroupOutputChannels != 1 || filter.Rank != 4 || filter.Shape[0] != 1 || filter.Shape[1] != 1 || filter.Shape[2] != g.OutputChannels)
            throw EngineException.InvalidArgument($"filters must have one channel for each of the input's: {depthwise.Shape} and {filter.Shape}");
        var shape = new Shape(g.Batch, g.Height.Output, g.Width.Output, filter.Shape[3]);
        Tensor? residual = _end.Residual(context);
        if (residual is null || residual.Shape.Equals(shape))
        {
            Compute(context, g, context.Allocate(0, shape), _end.Of(context, shape[3], residual));
            return;
        }

        // The tensor to add is repeated along some dimension, or the results are.
        using Tensor sums = context.Temporary(DType.Float32, shape);
        Compute(context, g, sums, _end.Of(context, shape[3], null, activates: false));
        BroadcastSum.Compute(context, sums, residual, _end.Activation);
    }

    private void Compute(KernelContext context, ConvolutionGeometry g, Tensor output, in TileEnd end)
    {
        if (output.Count == 0)
            return;
        Convolution.SeparableConvolution.Forward(
            g, context.Input(0).Pointer<float>(), _depthwise ?? DepthwiseFilter.Of(context.Input(1)), _depthwiseEnd.Of(context, g.OutputChannels, null),
            _filter ?? FilterPanels.Pointwise(context.Input(2)), output.Pointer<float>(), end, context.Workers);
    }
}
