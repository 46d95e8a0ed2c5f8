using System.Numerics;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>Each channel of each image moved away from its mean.</summary>
internal static class ContrastKernel
{
    /// <summary>Writes <c>mean + (x - mean) · factor</c>, limited to [low, high], as floats.</summary>
    public static unsafe void Run<T>(KernelContext context, float low, float high) where T : unmanaged, INumberBase<T>
    {
        var images = context.Input(0);
        if (images.Rank < 3)
            throw EngineException.InvalidArgument($"input must be at least 3-D, got shape {images.Shape}");
        var factor = Scalar(context, 1, "contrast_factor");
        var output = context.Allocate(0, images.Shape);
        var channels = images.Shape[-1];
        var pixels = images.Shape[-2] * images.Shape[-3];
        if (images.Count == 0)
            return;
        var from = images.Pointer<T>();
        var to = output.Pointer<float>();
        var means = new double[channels];
        for (var end = from + images.Count; from < end; from += pixels * channels, to += pixels * channels)
        {
            Array.Clear(means);
            for (var p = 0L; p < pixels; p++)
            {
                for (var c = 0; c < means.Length; c++)
                    means[c] += double.CreateTruncating(from[(p * channels) + c]);
            }
            for (var c = 0; c < means.Length; c++)
                means[c] /= pixels;
            for (var p = 0L; p < pixels; p++)
            {
                for (var c = 0; c < means.Length; c++)
                {
                    var i = (p * channels) + c;
                    var value = (float)(means[c] + ((double.CreateTruncating(from[i]) - means[c]) * factor));
                    to[i] = value < low ? low : value > high ? high : value;
                }
            }
        }
    }

    /// <summary>A float scalar input.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another rank.</exception>
    public static float Scalar(KernelContext context, int input, string name)
    {
        var t = context.Input(input);
        return t.Rank == 0 ? t.Item<float>() : throw EngineException.InvalidArgument($"{name} must be scalar: {t.Shape}");
    }
}
