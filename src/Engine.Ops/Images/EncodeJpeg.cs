using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Images.Codecs.Jpeg;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>Encodes a gray or RGB image as JPEG.</summary>
[Op("EncodeJpeg")]
internal sealed class EncodeJpeg : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 3);
        c.SetOutput(0, PartialShape.Scalar);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var channels = node.String("format") switch
        {
            "" => 0,
            "grayscale" => 1,
            "rgb" => 3,
            var format => throw node.Fail($"format must be '', 'grayscale' or 'rgb', not '{format}'"),
        };
        var quality = node.Int("quality");
        if (quality is < 0 or > 100)
            throw node.Fail($"quality must be in [0,100], got {quality}");
        var unit = node.String("density_unit") switch
        {
            "in" => (byte)1,
            "cm" => (byte)2,
            var other => throw node.Fail($"density_unit must be 'in' or 'cm', not '{other}'"),
        };
        var encoding = new JpegEncoding
        {
            Quality = (int)quality,
            IsProgressive = node.Bool("progressive"),
            OptimizesSize = node.Bool("optimize_size"),
            DownsamplesColors = node.Bool("chroma_downsampling"),
            DensityUnit = unit,
            // The format has 16 bits for a density; TensorFlow drops the others.
            DensityX = (ushort)node.Int("x_density"),
            DensityY = (ushort)node.Int("y_density"),
            Metadata = node.Find("xmp_metadata") is { } metadata ? metadata.AsBytes().ToArray() : [],
        };
        return Kernel.From(context => Compute(context, encoding, channels), isSequential: true);
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    /// <param name="context">The call.</param>
    /// <param name="encoding">How to encode.</param>
    /// <param name="required">1 or 3 channels, or 0 for either.</param>
    public static void Compute(KernelContext context, JpegEncoding encoding, int required)
    {
        var image = context.Input(0);
        if (image.Rank != 3)
            throw EngineException.InvalidArgument($"image must be 3-dimensional, not {image.Shape}");
        if (image.Count >= int.MaxValue)
            throw EngineException.InvalidArgument("image cannot have >= int32 max elements");
        var channels = image.Shape[2];
        if (required == 0 ? channels is not (1 or 3) : channels != required)
            throw EngineException.InvalidArgument($"image must have {(required == 0 ? "1 or 3" : required)} channels, not {channels}");
        var size = (Height: (int)image.Shape[0], Width: (int)image.Shape[1]);
        context.Allocate(0, Shape.Scalar).AsSpan<byte[]>()[0] = JpegEncoder.Encode(image.AsSpan<byte>(), size.Height, size.Width, (int)channels, encoding);
    }
}
