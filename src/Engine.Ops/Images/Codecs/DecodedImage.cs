using System.Runtime.InteropServices;

namespace Engine.Ops.Images.Codecs;

/// <summary>An image whose size is known, ready to be written into a tensor.</summary>
internal abstract class DecodedImage
{
    /// <summary>Pictures one after the other; null where the format knows one alone.</summary>
    public int? Frames { get; protected init; }

    public int Height { get; protected init; }

    public int Width { get; protected init; }

    public int Channels { get; protected init; }

    /// <summary>Writes the samples in 8 bits, or whatever <see cref="Write16"/> does not replace.</summary>
    public abstract void Write(Span<byte> samples);

    /// <summary>Writes the samples in 16 bits: 8 bits are moved up.</summary>
    public virtual void Write16(Span<ushort> samples)
    {
        // The lower half of the output holds the bytes until they are widened, from the end on.
        var bytes = MemoryMarshal.AsBytes(samples)[..samples.Length];
        Write(bytes);
        for (var i = samples.Length - 1; i >= 0; i--)
            samples[i] = (ushort)(bytes[i] << 8);
    }

    /// <summary>Writes the samples as floats from 0 to 1.</summary>
    public virtual void WriteFloat(Span<float> samples)
    {
        var bytes = MemoryMarshal.AsBytes(samples)[..samples.Length];
        Write(bytes);
        for (var i = samples.Length - 1; i >= 0; i--)
            samples[i] = bytes[i] * (float)(1.0 / byte.MaxValue);
    }
}
