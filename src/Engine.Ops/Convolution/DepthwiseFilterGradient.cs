using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Runtime;

namespace Engine.Ops.Convolution;

/// <summary>The filter's gradient of a depthwise convolution with as many output as input channels; a tap an item.</summary>
internal readonly unsafe struct DepthwiseFilterGradient<T>(ConvolutionGeometry g, T* input, T* outputGradient, T* filterGradient) : IRangeBody
    where T : unmanaged, INumberBase<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke(long start, long end)
    {
        long channels = g.OutputChannels;
        for (long tap = start; tap < end; tap++)
        {
            long ky = tap / g.Width.Filter;
            long kx = tap % g.Width.Filter;
            T* target = filterGradient + (tap * channels);
            for (long c = 0; c < channels; c++)
                target[c] = T.Zero;
            for (long line = 0; line < g.Batch * g.Height.Output; line++)
            {
                long y = (line % g.Height.Output * g.Height.Stride) - g.Height.Before + (ky * g.Height.Dilation);
                if (y < 0 || y >= g.Height.Input)
                    continue;
                T* pixels = input + (((line / g.Height.Output * g.Height.Input) + y) * g.Width.Input * channels);
                T* gradients = outputGradient + (line * g.Width.Output * channels);
                for (long i = 0; i < g.Width.Output; i++)
                {
                    long x = (i * g.Width.Stride) - g.Width.Before + (kx * g.Width.Dilation);
                    if (x >= 0 && x < g.Width.Input)
                        ChannelLoops.MultiplyAdd(pixels + (x * channels), gradients + (i * channels), target, channels);
                }
            }
        }
    }
}
