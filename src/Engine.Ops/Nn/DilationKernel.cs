using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Convolution;
using Engine.Runtime;

namespace Engine.Ops.Nn;

/// <summary>Dilation of one element type, or one of its gradients. Of equal sums the first counts.</summary>
internal sealed unsafe class DilationKernel<T>(WindowAttributes window, DilationResult result) : Kernel
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    public override void Compute(KernelContext context)
    {
        Tensor images = context.Input(0), filter = context.Input(1);
        if (images.Rank != 4)
            throw EngineException.InvalidArgument($"input must be 4-dimensional: {images.Shape}");
        if (filter.Rank != 3)
            throw EngineException.InvalidArgument($"filter must be 3-dimensional: {filter.Shape}");
        if (images.Shape[3] != filter.Shape[2])
            throw EngineException.InvalidArgument($"input and filter must have the same depth: {images.Shape[3]} vs {filter.Shape[2]}");
        WindowDimension height = window.Window(0, images.Shape[1], filter.Shape[0]);
        WindowDimension width = window.Window(1, images.Shape[2], filter.Shape[1]);
        var shape = new Shape(images.Shape[0], height.Output, width.Output, images.Shape[3]);
        if (result == DilationResult.Output)
        {
            T* output = context.Allocate(0, shape).Pointer<T>();
            for (long i = 0; i < shape.Count; i++)
                output[i] = Largest(images.Pointer<T>(), filter.Pointer<T>(), shape[3], height, width, i, out _, out _);
            return;
        }

        Tensor gradient = context.Input(2);
        if (!gradient.Shape.Equals(shape))
            throw EngineException.InvalidArgument($"out_backprop has incompatible size: {gradient.Shape}, not {shape}");
        T* sums = context.AllocateZeros(0, (result == DilationResult.InputGradient ? images : filter).Shape).Pointer<T>();
        T* gradients = gradient.Pointer<T>();
        for (long i = 0; i < shape.Count; i++)
        {
            Largest(images.Pointer<T>(), filter.Pointer<T>(), shape[3], height, width, i, out long place, out long tap);
            if (place >= 0)
                sums[result == DilationResult.InputGradient ? place : tap] += gradients[i];
        }
    }

    /// <summary>The largest sum for an output element, and the input and filter elements that it is made of; -1 if there is none.</summary>
    private static T Largest(
        T* images, T* filter, long channels, in WindowDimension height, in WindowDimension width, long output, out long place, out long tap)
    {
        long channel = output % channels;
        long x = output / channels % width.Output;
        long y = output / channels / width.Output % height.Output;
        long image = output / channels / width.Output / height.Output;
        (long firstY, long endY) = height.Inside(y);
        (long firstX, long endX) = width.Inside(x);
        T best = T.MinValue;
        place = tap = -1;
        for (long ky = firstY; ky < endY; ky++)
        {
            long line = (image * height.Input) + (y * height.Stride) - height.Before + (ky * height.Dilation);
            for (long kx = firstX; kx < endX; kx++)
            {
                long from = (((line * width.Input) + (x * width.Stride) - width.Before + (kx * width.Dilation)) * channels) + channel;
                long weight = (((ky * width.Filter) + kx) * channels) + channel;
                T sum = unchecked(images[from] + filter[weight]);
                if (sum > best)
                {
                    best = sum;
                    place = from;
                    tap = weight;
                }
            }
        }

        return best;
    }
}
