using Engine.OpModel;
using Engine.Ops.Convolution;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>The two convolutions of <see cref="ExpandedDepthwise"/>. Constant filters are packed when the plan is made.</summary>
internal sealed unsafe class ExpandedDepthwiseKernel : Kernel
{
    private readonly WindowAttributes _attributes;
    private readonly ConvolutionEnd _expandEnd;
    private readonly ConvolutionEnd _end;
    private readonly FilterPanels? _expand;
    private readonly DepthwiseFilter? _filter;

    public ExpandedDepthwiseKernel(KernelBuilder node)
    {
        _attributes = new WindowAttributes(node.Node, 2);
        _attributes.CheckOuterDimensions(node.Node);
        _expandEnd = new ConvolutionEnd(node, 3, "expand_");
        _end = new ConvolutionEnd(node, 3 + _expandEnd.Arguments);
        if (node.Constant(1) is { Rank: 4, Count: > 0 } expand)
            _expand = FilterPanels.Pointwise(expand);
        if (node.Constant(2) is { Rank: 4, Count: > 0 } filter)
            _filter = DepthwiseFilter.Of(filter);
    }

    public override void Compute(KernelContext context)
    {
        Tensor images = context.Input(0), expand = context.Input(1), filter = context.Input(2);
        if (images.Rank != 4 || expand.Rank != 4 || expand.Shape[0] != 1 || expand.Shape[1] != 1 || expand.Shape[2] != images.Shape[3])
            throw EngineException.InvalidArgument($"input must be images of as many channels as the filter takes: {images.Shape} and {expand.Shape}");
        var expanded = new Shape(images.Shape[0], images.Shape[1], images.Shape[2], expand.Shape[3]);
        ConvolutionGeometry g = ConvolutionShapes.Create(_attributes, expanded, filter.Shape, depthwise: true);
        if (g.GroupOutputChannels != 1)
            throw EngineException.InvalidArgument($"filter must have one channel for each of the input's: {filter.Shape}");
        Shape shape = ConvolutionShapes.Output(_attributes, g);
        Tensor output = context.Allocate(0, shape);
        if (shape.Count == 0)
            return;
        Convolution.ExpandedDepthwise.Forward(
            g, images.Shape[3], images.Pointer<float>(), _expand ?? FilterPanels.Pointwise(expand), _expandEnd.Of(context, g.InputChannels, null), _filter ?? DepthwiseFilter.Of(filter),
            output.Pointer<float>(), _end.Of(context, g.OutputChannels, null), context.Workers);
    }
}
