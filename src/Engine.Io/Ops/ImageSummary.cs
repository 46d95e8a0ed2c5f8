using System.Numerics;
using System.Text;
using Engine.Graphs;
using Engine.Io.Protos;
using Engine.OpModel;
using Engine.Ops.Images.Codecs.Png;
using Google.Protobuf;

namespace Engine.Io.Ops;

/// <summary>A Summary message with the pictures of a batch as PNG files. Floats are scaled to the range of bytes, one picture at a time.</summary>
[Op("ImageSummary")]
internal sealed class ImageSummary : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (limit, color) = (node.Int("max_images"), node.Tensor("bad_color"));
        CheckType(node);
        if (limit < 1)
            throw node.Fail("max_images must be positive");
        if (color.Type != DType.UInt8 || color.Rank != 1)
            throw node.Fail($"bad_color must be a vector of uint8, got {color.Type.Name()} {color.Shape}");
        var badColor = color.ToArray<byte>();
        return Kernel.From(context =>
        {
            var tag = context.Input(0).Rank == 0 ? context.Input(0).Item<byte[]>() : throw EngineException.InvalidArgument("Tag must be a scalar");
            context.MoveOutput(0, Tensor.Scalar(Summarize(context.Input(1), tag, limit, badColor).ToByteArray()));
        });
    }

    /// <summary>Refuses types without a kernel.</summary>
    internal static void CheckType(KernelBuilder node)
    {
        if (node.Type("T") is not (DType.UInt8 or DType.Float32 or DType.Float16 or DType.Float64))
            throw node.NoKernel();
    }

    /// <summary>The message.</summary>
    /// <param name="tensor">Pictures: [count, height, width, channels].</param>
    /// <param name="tag">The tag, to which the number of the picture is added.</param>
    /// <param name="limit">Most pictures to take.</param>
    /// <param name="badColor">The color of pixels that are not finite.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT for what is no batch of pictures.</exception>
    internal static Summary Summarize(Tensor tensor, byte[] tag, long limit, byte[] badColor)
    {
        if (tensor.Rank != 4 || tensor.Shape[3] is not (1 or 3 or 4))
            throw EngineException.InvalidArgument($"Tensor must be 4-D with last dim 1, 3, or 4, not {tensor.Shape}");
        var summary = new Summary();
        if (tensor.Shape[0] == 0)
            return summary;
        if (tensor.Count == 0)
            throw EngineException.InvalidArgument($"input tensor must have non-zero dims. Found: {tensor.Shape}.");
        if (tensor.Shape.CountOf(1, 4) > Array.MaxLength / 2 || Math.Max(tensor.Shape[1], tensor.Shape[2]) > PngEncoder.MaxSide)
            throw EngineException.InvalidArgument($"Tensor too large for summary {tensor.Shape}");
        var (height, width, channels) = ((int)tensor.Shape[1], (int)tensor.Shape[2], (int)tensor.Shape[3]);
        if (tensor.Type != DType.UInt8 && badColor.Length < channels)
            throw EngineException.InvalidArgument($"expected depth <= bad_color.size, got depth = {channels}, bad_color.size = {badColor.Length}");
        for (var i = 0; i < Math.Min(limit, tensor.Shape[0]); i++)
        {
            using var picture = tensor.Rows(i, 1);
            var pixels = picture.Type switch
            {
                DType.UInt8 => picture.ToArray<byte>(),
                DType.Float32 => Normalize<float>(picture, channels, badColor),
                DType.Float64 => Normalize<double>(picture, channels, badColor),
                _ => Normalize<Half>(picture, channels, badColor),
            };
            var image = new Summary.Types.Image
            {
                Height = height,
                Width = width,
                Colorspace = channels,
                EncodedImageString = ByteString.CopyFrom(PngEncoder.Encode(pixels, height, width, channels, sampleBytes: 1, compression: -1)),
            };
            summary.Value.Add(new Summary.Types.Value { Tag = ByteString.CopyFrom([.. tag, .. Encoding.ASCII.GetBytes(limit > 1 ? $"/image/{i}" : "/image")]), Image = image });
        }
        return summary;
    }

    // With negative values zero becomes the middle, else black. The scale is a float32, pixels are computed in the element type, as in TensorFlow.
    private static byte[] Normalize<T>(Tensor picture, int channels, byte[] badColor) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var values = picture.AsSpan<T>();
        var (min, max) = (float.PositiveInfinity, float.NegativeInfinity);
        for (var i = 0; i < values.Length; i += channels)
        {
            if (!IsFinite<T>(values.Slice(i, channels)))
                continue;
            foreach (var v in values.Slice(i, channels))
                (min, max) = (Math.Min(min, float.CreateTruncating(v)), Math.Max(max, float.CreateTruncating(v)));
        }
        var isSigned = min < 0;
        var extent = isSigned ? Math.Max(Math.Abs(min), Math.Abs(max)) : max;
        var scale = T.CreateTruncating(extent < 1e-6f ? 0 : (isSigned ? 127 : 255) / extent);
        var offset = T.CreateTruncating(isSigned ? 128 : 0);
        var pixels = new byte[values.Length];
        for (var i = 0; i < values.Length; i += channels)
        {
            if (!IsFinite<T>(values.Slice(i, channels)))
            {
                badColor.AsSpan(0, channels).CopyTo(pixels.AsSpan(i));
                continue;
            }
            for (var k = i; k < i + channels; k++)
                pixels[k] = byte.CreateSaturating(values[k] * scale + offset);
        }
        return pixels;
    }

    private static bool IsFinite<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var v in values)
        {
            if (!T.IsFinite(v))
                return false;
        }
        return true;
    }
}
