using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Engine.Ops.Images.Codecs.Png;

/// <summary>A PNG image in the channels wanted, converted as TensorFlow has libpng convert it.</summary>
internal sealed class PngImage : DecodedImage
{
    private readonly PngFile file;
    private readonly bool isWide;

    /// <param name="data">The file.</param>
    /// <param name="channels">1, 3, 4, or 0 for the channels of the file.</param>
    /// <param name="isWide">Whether samples of 16 bits are wanted.</param>
    public PngImage(byte[] data, int channels, bool isWide)
    {
        file = new PngFile(data);
        this.isWide = isWide;
        var header = file.Header;
        (Height, Width) = (header.Height, header.Width);
        Channels = channels != 0 ? channels : header.Color == PngColorType.Palette ? file.Transparency is null ? 3 : 4 : header.Samples;
        if ((long)Height * Width >= 1 << 29)
            throw PngError.Invalid($"size {Height} by {Width}");
    }

    public override void Write(Span<byte> samples) => Decode(samples, sampleBytes: 1);

    public override void Write16(Span<ushort> samples) => Decode(MemoryMarshal.AsBytes(samples), sampleBytes: 2);

    public override void WriteFloat(Span<float> samples)
    {
        var words = MemoryMarshal.Cast<float, ushort>(samples)[..samples.Length];
        Write16(words);
        for (var i = samples.Length - 1; i >= 0; i--)
            samples[i] = words[i] * (float)(1.0 / ushort.MaxValue);
    }

    private void Decode(Span<byte> samples, int sampleBytes)
    {
        var header = file.Header;
        using var rows = new PngRows(file);
        var convert = new PngPixelConversion(file, Channels, isWide);
        // Interlaced images come in seven passes, each of a part of the columns and rows.
        ReadOnlySpan<(int X, int Y, int StepX, int StepY)> passes = header.IsInterlaced
            ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
            : [(0, 0, 1, 1)];
        foreach (var pass in passes)
        {
            var width = (Width - pass.X + pass.StepX - 1) / pass.StepX;
            if (width <= 0)
                continue;
            rows.Begin(header.RowBytes(width));
            for (var y = pass.Y; y < Height; y += pass.StepY)
            {
                rows.Read();
                for (var i = 0; i < width; i++)
                {
                    var pixel = convert.Pixel(rows.Row, i);
                    var at = ((y * (long)Width) + pass.X + (i * pass.StepX)) * Channels * sampleBytes;
                    Store(pixel, samples.Slice((int)at, Channels * sampleBytes), sampleBytes);
                }
            }
        }
        rows.End();
    }

    private void Store(PngPixel pixel, Span<byte> to, int sampleBytes)
    {
        for (var c = 0; c < Channels; c++)
        {
            var value = c == Channels - 1 && (Channels & 1) == 0 ? pixel.A : c == 0 ? pixel.R : c == 1 ? pixel.G : pixel.B;
            if (sampleBytes == 1)
                to[c] = (byte)value;
            else
                BinaryPrimitives.WriteUInt16LittleEndian(to[(2 * c)..], (ushort)value);
        }
    }
}
