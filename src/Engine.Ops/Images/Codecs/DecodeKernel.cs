using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Images.Codecs.Bmp;
using Engine.Ops.Images.Codecs.Gif;
using Engine.Ops.Images.Codecs.Jpeg;
using Engine.Ops.Images.Codecs.Png;
using Engine.Runtime;

namespace Engine.Ops.Images.Codecs;

/// <summary>The ops that decode images. Each finds the format by the first bytes, and most read formats beside the one they are named for.</summary>
internal sealed class DecodeKernel : Kernel
{
    private readonly string op;
    private readonly DType type;
    private readonly int channels;
    private readonly bool isAnimated;
    private readonly JpegOptions jpeg = new();

    public override bool IsSequential => true;

    public DecodeKernel(KernelBuilder node)
    {
        op = node.Node.Op;
        type = node.OutputType(0);
        channels = op == "DecodeGif" ? 3 : Channels(node);
        isAnimated = op != "DecodeImage" || node.Bool("expand_animations");
        if (type is not (DType.UInt8 or DType.UInt16 or DType.Float32))
            throw node.NoKernel();
        if (op is "DecodeJpeg" or "DecodeAndCropJpeg")
            jpeg = ReadOptions(node);
    }

    /// <summary>An image of rank 3 whose channels are those asked for.</summary>
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 0);
        var channels = c.Attr("channels").AsInt();
        if (channels < 0)
            throw c.Fail($"channels must be non-negative, not {channels}");
        c.SetOutput(0, new PartialShape(-1, -1, channels == 0 ? -1 : channels));
    }

    /// <summary>An image of rank 3, or pictures of rank 4 where animations are wanted.</summary>
    public static void InferAnyShape(InferenceContext c)
    {
        if (!c.Attr("expand_animations").AsBool())
            InferShapes(c);
        else
            c.Input(0, 0);
    }

    public override void Compute(KernelContext context)
    {
        var contents = context.Input(0);
        if (contents.Rank != 0)
            throw EngineException.InvalidArgument($"contents must be a scalar, not {contents.Shape}");
        var image = Decode(contents.Item<byte[]>(), context);
        long[] size = [image.Height, image.Width, image.Channels];
        var output = context.Allocate(0, HasFrames(image) ? new Shape([image.Frames ?? 1, .. size]) : new Shape(size));
        if (type == DType.UInt8)
            image.Write(output.AsSpan<byte>());
        else if (type == DType.UInt16)
            image.Write16(output.AsSpan<ushort>());
        else
            image.WriteFloat(output.AsSpan<float>());
    }

    private static int Channels(KernelBuilder node)
    {
        var channels = node.Int("channels");
        return channels is 0 or 1 or 3 or 4 ? (int)channels : throw node.Fail($"channels must be 0, 1, 3 or 4, not {channels}");
    }

    private static JpegOptions ReadOptions(KernelBuilder node)
    {
        var ratio = node.Int("ratio");
        if (ratio is not (1 or 2 or 4 or 8))
            throw node.Fail($"ratio must be 1, 2, 4 or 8, not {ratio}");
        var method = node.String("dct_method");
        if (method is not ("" or "INTEGER_FAST" or "INTEGER_ACCURATE"))
            throw node.Fail($"dct_method must be one of '', 'INTEGER_FAST', 'INTEGER_ACCURATE', not '{method}'");
        return new JpegOptions
        {
            Channels = Channels(node),
            Ratio = (int)ratio,
            SmoothUpsampling = node.Bool("fancy_upscaling"),
            RecoverTruncated = node.Bool("try_recover_truncated"),
            AcceptableFraction = node.Float("acceptable_fraction"),
            FastTransform = method != "INTEGER_ACCURATE",
        };
    }

    private DecodedImage Decode(byte[] data, KernelContext context)
    {
        switch (ImageFormats.Of(data))
        {
            case ImageFormat.Jpeg:
                Refuse(op == "DecodeBmp", "JPEG");
                if (channels == 4)
                    throw EngineException.InvalidArgument("JPEG does not support 4 channels");
                return new JpegDecoder(data, jpeg with { Channels = channels, Crop = op == "DecodeAndCropJpeg" ? Crop(context.Input(1)) : null });
            case ImageFormat.Png:
                Refuse(op is "DecodeBmp" or "DecodeAndCropJpeg", "PNG");
                return new PngImage(data, channels, type != DType.UInt8);
            case ImageFormat.Gif:
                Refuse(op is "DecodeBmp" or "DecodeAndCropJpeg", "GIF");
                if (channels is not (0 or 3))
                    throw EngineException.InvalidArgument($"channels must be 0 or 3 for GIF, not {channels}");
                var image = new GifImage(data, isAnimated);
                if (op is "DecodePng" or "DecodeJpeg" && image.Frames != 1)
                    throw EngineException.InvalidArgument($"{op} does not decode a GIF of {image.Frames} frames; DecodeGif and DecodeImage do");
                return image;
            case ImageFormat.Bmp:
                Refuse(op is not ("DecodeBmp" or "DecodeImage"), "BMP");
                return new BmpImage(data, channels);
            default:
                throw EngineException.InvalidArgument("Unknown image file format. One of JPEG, PNG, GIF, BMP required.");
        }
    }

    private void Refuse(bool isRefused, string format)
    {
        if (isRefused)
            throw EngineException.InvalidArgument($"{op} does not decode {format}");
    }

    private bool HasFrames(DecodedImage image) => op == "DecodeGif" || (op == "DecodeImage" && isAnimated && image.Frames is not null);

    private static (int Y, int X, int Height, int Width) Crop(Tensor window)
    {
        if (window.Rank != 1 || window.Count != 4)
            throw EngineException.InvalidArgument($"crop_window must be a vector of 4 elements, not {window.Shape}");
        var w = window.AsSpan<int>();
        return (w[0], w[1], w[2], w[3]);
    }
}
