using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>A window of each image at an offset of its own. Version 2 takes offsets as they are said to be; version 1 always as those of the window's centre.</summary>
[Op("ExtractGlimpse", "ExtractGlimpseV2")]
internal sealed class ExtractGlimpse : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape input = c.Input(0, 4), offsets = c.Input(2, 2);
        c.Input(1, 1);
        var size = c.InputAsShape(1);
        if (size.HasRank && size.Rank != 2)
            throw c.Fail($"Dimension must be 2 but is {size.Rank}");
        if (input[0] >= 0 && offsets[0] >= 0 && input[0] != offsets[0])
            throw c.Fail($"Dimensions must be equal, but are {input[0]} and {offsets[0]}");
        if (offsets[1] >= 0 && offsets[1] != 2)
            throw c.Fail($"Dimension must be 2 but is {offsets[1]}");
        c.SetOutput(0, new PartialShape(input[0] >= 0 ? input[0] : offsets[0], size[0], size[1], input[3]));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (uniform, name) = (node.Bool("uniform_noise"), node.String("noise"));
        if (uniform && name is not ("" or "uniform"))
            throw node.Fail("The uniform_noise and noise should not be specified at the same time");
        var noise = (uniform, name) switch
        {
            (true, _) or (_, "uniform") => GlimpseNoise.Uniform,
            (_, "" or "gaussian") => GlimpseNoise.Gaussian,
            (_, "zero") => GlimpseNoise.Zero,
            _ => throw node.Fail($"Unknown noise type {name}, should be one of ['uniform', 'gaussian', 'zero']"),
        };
        return new Windows(node.Bool("centered"), node.Bool("normalized"), node.Node.Op == "ExtractGlimpse", noise);
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private sealed class Windows(bool centered, bool normalized, bool fromCentre, GlimpseNoise noise) : Kernel
    {
        public override bool IsRepeatable => noise == GlimpseNoise.Zero;

        public override unsafe void Compute(KernelContext context)
        {
            var (images, offsets) = (context.Input(0), context.Input(2));
            if (images.Rank != 4)
                throw EngineException.InvalidArgument($"input must be a 4-D tensor, got shape {images.Shape}");
            var (height, width) = Size(context.Input(1));
            if (offsets.Rank != 2 || offsets.Shape[0] != images.Shape[0] || offsets.Shape[1] != 2)
                throw EngineException.InvalidArgument($"input offsets must be [{images.Shape[0]}, 2], not {offsets.Shape}");
            var output = context.AllocateZeros(0, new Shape(images.Shape[0], height, width, images.Shape[3]));
            var (rows, columns, channels) = (images.Shape[1], images.Shape[2], images.Shape[3]);
            var to = output.Pointer<float>();
            for (var b = 0L; b < images.Shape[0]; b++, to += height * width * channels)
            {
                var top = Start(offsets.Pointer<float>()[2 * b], rows, height);
                var left = Start(offsets.Pointer<float>()[(2 * b) + 1], columns, width);
                var image = new ReadOnlySpan<float>(images.Pointer<float>() + (b * rows * columns * channels), checked((int)(rows * columns * channels)));
                var window = new Span<float>(to, checked((int)(height * width * channels)));
                if (noise != GlimpseNoise.Zero && (top < 0 || left < 0 || top + height > rows || left + width > columns))
                    Fill(window, image, (int)channels);
                var (first, last) = (Math.Max(left, 0), Math.Min(left + width, columns));
                for (var y = Math.Max(top, 0); y < Math.Min(top + height, rows) && first < last; y++)
                {
                    image.Slice((int)(((y * columns) + first) * channels), (int)((last - first) * channels))
                        .CopyTo(window[(int)((((y - top) * width) + first - left) * channels)..]);
                }
            }
        }

        private static (int Height, int Width) Size(Tensor size)
        {
            if (size.Rank != 1 || size.Count != 2)
                throw EngineException.InvalidArgument($"input size must be a vector of 2 elements, not {size.Shape}");
            var values = size.AsSpan<int>();
            return values[0] >= 0 && values[1] >= 0 ? (values[0], values[1]) : throw EngineException.InvalidArgument($"input size must not be negative: {values[0]}, {values[1]}");
        }

        /// <summary>Where the window starts along an axis.</summary>
        private long Start(float offset, long length, int size)
        {
            if (normalized)
                offset *= length;
            var halves = fromCentre || (centered && normalized);
            if (centered)
                offset = (halves ? offset / 2 : offset) + (length / 2f);
            if (halves)
                offset -= size / 2f;
            // Far outside is as good as any place outside.
            return (long)Math.Clamp(float.IsNaN(offset) ? 0 : offset, -1e15f, 1e15f);
        }

        private void Fill(Span<float> window, ReadOnlySpan<float> image, int channels)
        {
            for (var c = 0; c < channels; c++)
            {
                float low = float.PositiveInfinity, high = float.NegativeInfinity;
                double sum = 0, squares = 0;
                for (var i = c; i < image.Length; i += channels)
                {
                    (low, high) = (Math.Min(low, image[i]), Math.Max(high, image[i]));
                    sum += image[i];
                    squares += (double)image[i] * image[i];
                }
                var pixels = Math.Max(1, image.Length / channels);
                var mean = sum / pixels;
                var deviation = Math.Sqrt(Math.Max(0, (squares / pixels) - (mean * mean)));
                for (var i = c; i < window.Length; i += channels)
                {
                    window[i] = noise == GlimpseNoise.Uniform
                        ? low + ((high - low) * Random.Shared.NextSingle())
                        : Math.Max(low, Math.Min(high, (float)(mean + (deviation * Normal()))));
                }
            }
        }

        private static double Normal()
            => Math.Sqrt(-2 * Math.Log(1 - Random.Shared.NextDouble())) * Math.Cos(2 * Math.PI * Random.Shared.NextDouble());
    }
}
