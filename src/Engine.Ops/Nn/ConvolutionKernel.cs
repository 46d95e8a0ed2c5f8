using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Convolution;
using Engine.Ops.Gemm;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>A convolution of one element type. A constant filter is packed when the plan is made.</summary>
internal sealed unsafe class ConvolutionKernel<T> : Kernel
    where T : unmanaged, INumberBase<T>
{
    private readonly WindowAttributes _attributes;
    private readonly bool _depthwise;
    private readonly PackedMatrix<T>? _weights;

    public ConvolutionKernel(KernelBuilder node, int spatialRank, bool depthwise)
    {
        _attributes = new WindowAttributes(node.Node, spatialRank);
        _attributes.CheckOuterDimensions(node.Node);
        _depthwise = depthwise;
        bool packs = !depthwise && (typeof(T) == typeof(float) || typeof(T) == typeof(double));
        if (packs && node.Constant(1) is { Count: > 0 } filter && filter.Rank == spatialRank + 2)
        {
            long columns = filter.Shape[-1], rows = filter.Count / columns;
            _weights = new PackedMatrix<T>(new MatrixView<T>(filter.Pointer<T>(), columns, 1), rows, columns);
        }
    }

    public override void Compute(KernelContext context)
    {
        Tensor images = context.Input(0), filter = context.Input(1);
        ConvolutionGeometry g = ConvolutionShapes.Create(_attributes, images.Shape, filter.Shape, _depthwise);
        Shape shape = ConvolutionShapes.Output(_attributes, g);
        if (shape.Count == 0 || images.Count == 0)
        {
            context.AllocateZeros(0, shape);
            return;
        }

        Tensor output = context.Allocate(0, shape);
        using var x = ChannelsLast<T>.Read(images, _attributes.ChannelsFirst);
        using var y = ChannelsLast<T>.Write(output, _attributes.ChannelsFirst);
        if (_weights is not null && g.Groups == 1 && _weights.Rows == g.Taps * g.InputChannels && _weights.Columns == g.OutputChannels)
            DenseConvolution.Forward(g, x.Pointer, _weights, y.Pointer, context.Workers);
        else
            Convolutions.Forward(g, x.Pointer, filter.Pointer<T>(), y.Pointer, context.Workers);
        y.Store();
    }
}
