using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Images;

/// <summary>How positions of an output image map to positions of the input: along one axis, <c>scale · x</c> or, between pixel centres, <c>scale · (x + ½) - ½</c>.</summary>
internal readonly struct ResizeGeometry
{
    private ResizeGeometry(bool alignCorners, bool halfPixelCenters)
    {
        AlignCorners = alignCorners;
        HalfPixelCenters = halfPixelCenters;
    }

    /// <summary>Positions that scale alone, not between pixel centres.</summary>
    public static ResizeGeometry Plain(bool alignCorners) => new(alignCorners, halfPixelCenters: false);

    public bool AlignCorners { get; }

    public bool HalfPixelCenters { get; }

    /// <summary>The geometry that a node asks for.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when both conventions are asked for.</exception>
    public static ResizeGeometry Of(KernelBuilder node)
    {
        var geometry = new ResizeGeometry(node.Bool("align_corners"), node.Find("half_pixel_centers")?.AsBool() ?? false);
        if (geometry is { AlignCorners: true, HalfPixelCenters: true })
            throw node.Fail("If half_pixel_centers is True, align_corners must be False.");
        return geometry;
    }

    /// <summary>Input pixels per output pixel.</summary>
    public float Scale(long input, long output) => AlignCorners && output > 1 ? (input - 1) / (float)(output - 1) : input / (float)output;

    /// <summary>The input position of output <paramref name="x"/>.</summary>
    public float Source(long x, float scale) => HalfPixelCenters ? ((x + 0.5f) * scale) - 0.5f : x * scale;

    /// <summary>The input pixel nearest to output <paramref name="x"/>.</summary>
    public int Nearest(long x, float scale, int limit)
    {
        var source = HalfPixelCenters ? (x + 0.5f) * scale : x * scale;
        var index = AlignCorners ? MathF.Round(source, MidpointRounding.AwayFromZero) : MathF.Floor(source);
        return (int)Math.Clamp(index, 0, limit - 1);
    }

    /// <summary>The nearest input pixels of all outputs along one axis.</summary>
    public int[] Nearest(int input, int output)
    {
        var scale = Scale(input, output);
        var indices = new int[output];
        for (var x = 0; x < output; x++)
            indices[x] = Nearest(x, scale, input);
        return indices;
    }

    /// <summary>Sets the output's shape: that of the images with the height and width that input 1 says.</summary>
    public static void InferShapes(InferenceContext c)
    {
        var images = c.Input(0, 4);
        c.Input(1, 1);
        var size = c.InputAsShape(1);
        if (size.HasRank && size.Rank != 2)
            throw c.Fail($"Dimension must be 2 but is {size.Rank}");
        c.SetOutput(0, new PartialShape(images[0], size[0], size[1], images[3]));
    }

    /// <summary>The shape of the output of resizing.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for wrong ranks and for sizes that are not positive.</exception>
    public static Shape OutputShape(Tensor images, Tensor size)
    {
        if (images.Rank != 4)
            throw EngineException.InvalidArgument($"input must be 4-dimensional {images.Shape}");
        var (height, width) = ImageSize.Read(size);
        if (images.Shape[1] <= 0 || images.Shape[2] <= 0)
            throw EngineException.InvalidArgument("input image must be of non-zero size");
        if (images.Shape[3] <= 0)
            throw EngineException.InvalidArgument("image must have at least one channel");
        if (images.Shape[1] > int.MaxValue || images.Shape[2] > int.MaxValue)
            throw EngineException.InvalidArgument("input sizes must be between 0 and max int32");
        return new Shape(images.Shape[0], height, width, images.Shape[3]);
    }

    /// <summary>The shape of the gradient of images: their height and width, batch and channels of the output's gradient.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for wrong ranks and empty images.</exception>
    public static Shape OriginalShape(Tensor gradients, Tensor original)
    {
        if (gradients.Rank != 4 || original.Rank != 4)
            throw EngineException.InvalidArgument($"input_grad and original_image must be 4-dimensional, not {gradients.Shape} and {original.Shape}");
        foreach (var t in (ReadOnlySpan<Tensor>)[gradients, original])
        {
            if (t.Shape[1] <= 0 || t.Shape[2] <= 0 || t.Shape[1] > int.MaxValue || t.Shape[2] > int.MaxValue)
                throw EngineException.InvalidArgument($"images must have between 1 and {int.MaxValue} rows and columns, not {t.Shape}");
        }
        return new Shape(gradients.Shape[0], original.Shape[1], original.Shape[2], gradients.Shape[3]);
    }

    /// <summary>The gradient of the images: the op that spreads each output's gradient over the inputs it came from; none for integer images.</summary>
    public static Gradient?[] Gradient(GradientContext g, string op)
    {
        if (!g.Type("T").IsFloating())
            return [null, null];
        return [g.NewNode(op).Input(g.OutputGradient(0)).Input(g.Input(0))
            .Attr("align_corners", g.Attr("align_corners")).Attr("half_pixel_centers", g.Attr("half_pixel_centers")).Build()[0], null];
    }
}
