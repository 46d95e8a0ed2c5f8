using Engine.OpModel;
using Engine.Ops.Convolution;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>The convolution of <see cref="GatedConvolution"/>, image by image where each has its own factors.</summary>
internal sealed unsafe class GatedConvolutionKernel : Kernel
{
    private readonly ConvolutionEnd _end;
    private readonly FilterPanels? _filter;

    // Memory for the filter of one image; calls that run at the same time take their own.
    private FilterPanels? _spare;

    public GatedConvolutionKernel(KernelBuilder node)
    {
        _end = new ConvolutionEnd(node, 3);
        if (node.Constant(1) is { Rank: 4, Count: > 0 } filter)
            _filter = FilterPanels.Pointwise(filter);
    }

    public override void Compute(KernelContext context)
    {
        Tensor images = context.Input(0), filter = context.Input(1), gate = context.Input(2);
        if (images.Rank != 4 || filter.Rank != 4 || filter.Shape[0] != 1 || filter.Shape[1] != 1 || filter.Shape[2] != images.Shape[3])
            throw EngineException.InvalidArgument($"input must be images of as many channels as the filter takes: {images.Shape} and {filter.Shape}");
        (long images0, long gates, long channels) = (images.Shape[0], gate.Rank == 4 ? gate.Shape[0] : -1, images.Shape[3]);
        if (gates < 0 || gate.Shape[1] != 1 || gate.Shape[2] != 1 || gate.Shape[3] != channels || (gates != images0 && gates != 1 && images0 != 1))
            throw EngineException.InvalidArgument($"Incompatible shapes: {images.Shape} vs. {gate.Shape}");
        long batch = images0 == 1 ? gates : images0;
        var shape = new Shape(batch, images.Shape[1], images.Shape[2], filter.Shape[3]);
        if (shape.Count == 0 || channels == 0)
        {
            context.AllocateZeros(0, shape);
            return;
        }

        Tensor? residual = _end.Residual(context);
        if (residual is null || residual.Shape.Equals(shape))
        {
            Compute(images, filter, gate, context.Allocate(0, shape), _end.Of(context, filter.Shape[3], residual), context.Workers);
            return;
        }

        // The tensor to add is repeated along some dimension, or the results are.
        using Tensor sums = context.Temporary(DType.Float32, shape);
        Compute(images, filter, gate, sums, _end.Of(context, filter.Shape[3], null, activates: false), context.Workers);
        BroadcastSum.Compute(context, sums, residual, _end.Activation);
    }

    private void Compute(Tensor images, Tensor filter, Tensor gate, Tensor output, in TileEnd end, WorkerTeam workers)
    {
        FilterPanels plain = _filter ?? FilterPanels.Pointwise(filter);
        FilterPanels scaled = Interlocked.Exchange(ref _spare, null) is { } spare && spare.Fits(plain) ? spare : plain.OfSameSize();
        long channels = filter.Shape[2], outputs = filter.Shape[3], pixels = images.Shape[1] * images.Shape[2];
        long gates = gate.Shape[0], images0 = images.Shape[0];

        // One gate for all images: they are one.
        long steps = gates == 1 ? 1 : gates;
        long length = gates == 1 ? images0 * pixels : pixels;
        var g = new ConvolutionGeometry(1, [WindowDimension.Create(length, 1, 1, 1, PaddingScheme.Valid)], channels, channels, outputs);
        for (long i = 0; i < steps; i++)
        {
            scaled.Scale(plain, gate.Pointer<float>() + (i * channels));
            float* image = images.Pointer<float>() + (images0 == 1 ? 0 : i * length * channels);
            long place = i * length * outputs;
            var endOfImage = new TileEnd(end.Scale, end.Bias, end.Residual == null ? null : end.Residual + place, end.Activation);
            DirectConvolution.Forward(g, image, scaled, output.Pointer<float>() + place, endOfImage, workers);
        }

        Volatile.Write(ref _spare, scaled);
    }
}
