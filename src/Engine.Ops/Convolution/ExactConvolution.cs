using System.Numerics;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Convolution;

/// <summary>Convolutions of integers, straight from the definition.</summary>
internal static unsafe class ExactConvolution
{
    /// <summary>output = input * filter.</summary>
    public static void Forward<T>(ConvolutionGeometry g, T* input, T* filter, T* output, WorkerTeam? team)
        where T : unmanaged, INumberBase<T>
    {
        new Span<T>(output, checked((int)g.OutputCount)).Clear();
        var windows = new Windows(g);
        for (long pixel = 0; pixel < g.Batch * g.OutputPixels; pixel++)
        {
            for (long tap = 0; tap < g.Taps; tap++)
            {
                long from = windows.InputPixel(pixel, tap);
                if (from < 0)
                    continue;
                for (long group = 0; group < g.Groups; group++)
                {
                    ExactProduct<T>.Multiply(
                        1,
                        g.GroupOutputChannels,
                        g.GroupInputChannels,
                        new MatrixView<T>(input + (from * g.InputChannels) + (group * g.GroupInputChannels), 0, 1),
                        new MatrixView<T>(
                            filter + (tap * g.GroupInputChannels * g.OutputChannels) + (group * g.GroupOutputChannels), g.OutputChannels, 1),
                        output + (pixel * g.OutputChannels) + (group * g.GroupOutputChannels),
                        g.OutputChannels,
                        true,
                        null);
                }
            }
        }
    }

    /// <summary>The gradient of the input.</summary>
    public static void BackpropInput<T>(ConvolutionGeometry g, T* filter, T* outputGradient, T* inputGradient)
        where T : unmanaged, INumberBase<T>
    {
        new Span<T>(inputGradient, checked((int)g.InputCount)).Clear();
        var windows = new Windows(g);
        for (long pixel = 0; pixel < g.Batch * g.OutputPixels; pixel++)
        {
            for (long tap = 0; tap < g.Taps; tap++)
            {
                long to = windows.InputPixel(pixel, tap);
                if (to < 0)
                    continue;
                for (long group = 0; group < g.Groups; group++)
                {
                    ExactProduct<T>.Multiply(
                        1,
                        g.GroupInputChannels,
                        g.GroupOutputChannels,
                        new MatrixView<T>(outputGradient + (pixel * g.OutputChannels) + (group * g.GroupOutputChannels), 0, 1),
                        new MatrixView<T>(
                            filter + (tap * g.GroupInputChannels * g.OutputChannels) + (group * g.GroupOutputChannels), 1, g.OutputChannels),
                        inputGradient + (to * g.InputChannels) + (group * g.GroupInputChannels),
                        g.InputChannels,
                        true,
                        null);
                }
            }
        }
    }

    private readonly struct Windows(ConvolutionGeometry g)
    {
        /// <summary>The input pixel under a tap of an output pixel's window; -1 outside.</summary>
        public long InputPixel(long pixel, long tap)
        {
            long x = Place(g.Width, pixel % g.Width.Output, tap % g.Width.Filter);
            pixel /= g.Width.Output;
            tap /= g.Width.Filter;
            long y = Place(g.Height, pixel % g.Height.Output, tap % g.Height.Filter);
            pixel /= g.Height.Output;
            tap /= g.Height.Filter;
            long z = Place(g.Depth, pixel % g.Depth.Output, tap);
            long image = pixel / g.Depth.Output;
            if (x < 0 || y < 0 || z < 0)
                return -1;
            return (((((image * g.Depth.Input) + z) * g.Height.Input) + y) * g.Width.Input) + x;
        }

        private static long Place(in WindowDimension d, long output, long tap)
        {
            long place = (output * d.Stride) - d.Before + (tap * d.Dilation);
            return place < d.Input ? place : -1;
        }
    }
}
