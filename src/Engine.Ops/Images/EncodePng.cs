using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Images.Codecs.Png;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>Encodes images as PNG: the last three dimensions are an image, those before count images.</summary>
[Op("EncodePng")]
internal sealed class EncodePng : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var images = c.WithRankAtLeast(c.Input(0), 3);
        c.SetOutput(0, images.HasRank ? images.Slice(0, images.Rank - 3) : PartialShape.Unknown);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var compression = node.Int("compression");
        if (compression is < -1 or > 9)
            throw node.Fail($"compression should be in [-1,9], got {compression}");
        if (node.Type("T") is not (DType.UInt8 or DType.UInt16))
            throw node.NoKernel();
        return Kernel.From(context => Compute(context, (int)compression), isSequential: true);
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private static void Compute(KernelContext context, int compression)
    {
        var images = context.Input(0);
        if (images.Rank < 3)
            throw EngineException.InvalidArgument($"images must be of rank 3 at least, not {images.Shape}");
        if (images.Count >= int.MaxValue)
            throw EngineException.InvalidArgument("image cannot have >= int32 max elements");
        long height = images.Shape[-3], width = images.Shape[-2], channels = images.Shape[-1];
        if (channels is < 1 or > 4)
            throw EngineException.InvalidArgument($"image must have 1, 2, 3, or 4 channels, not {channels}");
        if (width * channels >= int.MaxValue / 2)
            throw EngineException.InvalidArgument("image too wide to encode");
        var output = context.Allocate(0, images.Shape.Slice(0, images.Rank - 3)).AsSpan<byte[]>();
        if (output.Length == 0)
            return;
        if (height is 0 or > PngEncoder.MaxSide || width is 0 or > PngEncoder.MaxSide)
            throw EngineException.Internal($"PNG encoding failed: an image of {height} by {width}");
        var sampleBytes = images.Type == DType.UInt16 ? 2 : 1;
        var pixels = sampleBytes == 2 ? BigEndian(images.AsSpan<ushort>()) : images.AsSpan<byte>();
        var size = (int)(height * width * channels * sampleBytes);
        for (var i = 0; i < output.Length; i++)
            output[i] = PngEncoder.Encode(pixels.Slice(i * size, size), (int)height, (int)width, (int)channels, sampleBytes, compression);
    }

    private static Span<byte> BigEndian(ReadOnlySpan<ushort> samples)
    {
        var swapped = new ushort[samples.Length];
        BinaryPrimitives.ReverseEndianness(samples, swapped);
        return MemoryMarshal.AsBytes(swapped.AsSpan());
    }
}
