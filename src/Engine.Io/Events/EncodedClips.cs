using System.Globalization;
using System.Text;
using Engine.Ops.Audio;
using Engine.Ops.Images.Codecs.Png;

namespace Engine.Io.Events;

/// <summary>Pictures and sounds as TF 2's plugins want them: tensors of encoded files.</summary>
internal static class EncodedClips
{
    /// <summary>Width, height, and each picture as PNG.</summary>
    internal static Tensor Images(Tensor images, int limit)
    {
        if (images.Rank != 4 || images.Shape[3] is not (1 or 3 or 4) || images.Type is not (DType.UInt8 or DType.Float32))
            throw EngineException.InvalidArgument($"Pictures must be uint8 or float of shape [count, height, width, 1, 3 or 4], not {images.Type.Name()} {images.Shape}");
        if (images.Shape.CountOf(1, 4) == 0 || images.Shape.CountOf(1, 4) > Array.MaxLength / 2 || Math.Max(images.Shape[1], images.Shape[2]) > PngEncoder.MaxSide)
            throw EngineException.InvalidArgument($"Pictures of shape {images.Shape} have no pixels or too many");
        var (height, width, channels) = ((int)images.Shape[1], (int)images.Shape[2], (int)images.Shape[3]);
        var count = (int)Math.Min(Math.Max(0, limit), images.Shape[0]);
        var result = Tensor.Allocate(DType.String, Shape.Vector(2 + count));
        var strings = result.AsSpan<byte[]>();
        strings[0] = Encoding.ASCII.GetBytes(width.ToString(CultureInfo.InvariantCulture));
        strings[1] = Encoding.ASCII.GetBytes(height.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < count; i++)
        {
            using var picture = images.Rows(i, 1);
            var pixels = picture.Type == DType.UInt8 ? picture.ToArray<byte>() : Array.ConvertAll(picture.ToArray<float>(), v => (byte)Math.Clamp(v * 255.5f, 0, 255));
            strings[2 + i] = PngEncoder.Encode(pixels, height, width, channels, sampleBytes: 1, compression: -1);
        }
        return result;
    }

    /// <summary>Rows of a WAV file and an empty label.</summary>
    internal static Tensor Audio(Tensor clips, int sampleRate, int limit)
    {
        if (clips.Rank != 3 || clips.Type != DType.Float32 || clips.Shape[2] > ushort.MaxValue)
            throw EngineException.InvalidArgument($"Clips must be floats of shape [count, frames, channels], not {clips.Type.Name()} {clips.Shape}");
        var count = (int)Math.Min(Math.Max(0, limit), clips.Shape[0]);
        var result = Tensor.Allocate(DType.String, new Shape(count, 2));
        for (var i = 0; i < count; i++)
        {
            using var clip = clips.Rows(i, 1);
            result.AsSpan<byte[]>()[2 * i] = WavClip.Encode(clip.AsSpan<float>(), (uint)Math.Max(0, sampleRate), (int)clips.Shape[2]);
        }
        return result;
    }
}
