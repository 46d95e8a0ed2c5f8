using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Runtime;

namespace Engine.Ops.Convolution;

/// <summary>The input's gradient of a depthwise convolution, one for each output channel; a line of input pixels an item.</summary>
internal readonly unsafe struct DepthwiseInputGradient<T>(ConvolutionGeometry g, T* filter, T* outputGradient, T* inputGradient) : IRangeBody
    where T : unmanaged, INumberBase<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke(long start, long end)
    {
        long channels = g.OutputChannels;
        for (long line = start; line < end; line++)
        {
            long image = line / g.Height.Input;
            long y = line % g.Height.Input;
            T* target = inputGradient + (line * g.Width.Input * channels);
            for (long i = 0; i < g.Width.Input * channels; i++)
                target[i] = T.Zero;
            for (long ky = 0; ky < g.Height.Filter; ky++)
            {
                if (!TryOutput(g.Height, y, ky, out long outputY))
                    continue;
                T* gradients = outputGradient + (((image * g.Height.Output) + outputY) * g.Width.Output * channels);
                for (long kx = 0; kx < g.Width.Filter; kx++)
                {
                    T* weights = filter + (((ky * g.Width.Filter) + kx) * channels);
                    for (long x = 0; x < g.Width.Input; x++)
                    {
                        if (TryOutput(g.Width, x, kx, out long outputX))
                            ChannelLoops.MultiplyAdd(gradients + (outputX * channels), weights, target + (x * channels), channels);
                    }
                }
            }
        }
    }

    /// <summary>The output position whose window has the input pixel as its element <paramref name="tap"/>.</summary>
    private static bool TryOutput(in WindowDimension d, long pixel, long tap, out long output)
    {
        long distance = pixel + d.Before - (tap * d.Dilation);
        output = distance / d.Stride;
        return distance >= 0 && output < d.Output && output * d.Stride == distance;
    }
}
