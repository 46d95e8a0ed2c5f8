using Engine.Ops.Gemm;

namespace Engine.Ops.Convolution;

/// <summary>Convolutions of next to nothing, so that the tiles that most images need are compiled, the likeliest first.</summary>
internal static unsafe class ConvolutionPreparation
{
    /// <summary>Whole tiles, then those that images of 7, 14, 28, … pixels are cut into.</summary>
    private static readonly int[] Pixels = [8, 7, 4];

    /// <summary>Tiles of dense convolutions.</summary>
    public static void Dense()
    {
        foreach (int pixels in Pixels)
        {
            for (int vectors = FilterPanels.MaximumVectors; vectors > 0; vectors--)
            {
                long channels = vectors * FloatWidth.Count;
                long count = pixels * (channels + 1);
                using var memory = new Scratch<float>(count);
                new Span<float>(memory.Pointer, (int)count).Clear();
                var g = new ConvolutionGeometry(1, [WindowDimension.Create(pixels, 1, 1, 1, PaddingScheme.Valid)], 1, 1, channels);
                DirectConvolution.Forward(g, memory.Pointer, new FilterPanels(memory.Pointer, 1, 1, channels), memory.Pointer + pixels, default, null);
            }
        }
    }

    /// <summary>Tiles of depthwise convolutions with windows of three elements.</summary>
    public static void Depthwise()
    {
        const int window = 3;
        int channels = FloatWidth.Count;
        foreach (int pixels in Pixels)
        {
            for (int stride = 1; stride <= 2; stride++)
            {
                long input = ((pixels - 1) * stride) + window;
                long count = (input + pixels + window) * channels;
                using var memory = new Scratch<float>(count);
                new Span<float>(memory.Pointer, (int)count).Clear();
                var g = new ConvolutionGeometry(1, [WindowDimension.Create(input, window, stride, 1, PaddingScheme.Valid)], channels, 1, channels);
                DepthwiseDirect.Forward(g, memory.Pointer, new DepthwiseFilter(memory.Pointer, window, channels), memory.Pointer + (input * channels), default, null);
            }
        }
    }
}
