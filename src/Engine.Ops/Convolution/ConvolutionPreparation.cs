using Engine.Ops.Gemm;

namespace Engine.Ops.Convolution;

/// <summary>Convolutions of next to nothing, so that the tiles that most images need are compiled, the likeliest first.</summary>
internal static unsafe class ConvolutionPreparation
{
    /// <summary>Tiles of dense convolutions.</summary>
    public static void Dense()
    {
        // Whole tiles, then those at the ends of images of 7, 14, 28, … pixels.
        foreach ((int pixels, int vectors) in ((int, int)[])[(8, 3), (8, 2), (8, 1), (7, 3), (4, 3)])
        {
            long channels = vectors * FloatWidth.Count;
            long count = pixels * (channels + 1);
            using var memory = new Scratch<float>(count);
            new Span<float>(memory.Pointer, (int)count).Clear();
            var g = new ConvolutionGeometry(1, [WindowDimension.Create(pixels, 1, 1, 1, PaddingScheme.Valid)], 1, 1, channels);
            DirectConvolution.Forward(g, memory.Pointer, new FilterPanels(memory.Pointer, 1, 1, channels), memory.Pointer + pixels, default, null);
        }
    }

    /// <summary>Tiles of depthwise convolutions with windows of three elements.</summary>
    public static void Depthwise()
    {
        const int window = 3;
        int channels = FloatWidth.Count;
        foreach (int pixels in (int[])[8, 7])
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
