namespace Engine.Ops.Images.Codecs.Gif;

/// <summary>The pictures of a GIF file, each drawn over the one before. The canvas is as large as the largest picture; disposal and background do not count, as in TensorFlow.</summary>
internal sealed class GifImage : DecodedImage
{
    private readonly List<GifFrame> frames;

    /// <param name="data">The file.</param>
    /// <param name="isAnimated">Whether all pictures are wanted, or the first alone.</param>
    public GifImage(byte[] data, bool isAnimated)
    {
        frames = GifReader.Read(data);
        (Height, Width, Channels) = (frames.Max(f => f.Height), frames.Max(f => f.Width), 3);
        Frames = isAnimated ? frames.Count : 1;
    }

    public override void Write(Span<byte> samples)
    {
        var size = Height * Width * Channels;
        for (var i = 0; i < Frames; i++)
        {
            var canvas = samples.Slice(i * size, size);
            if (i == 0)
                canvas.Clear();
            else
                samples.Slice((i - 1) * size, size).CopyTo(canvas);
            Draw(frames[i], canvas);
        }
    }

    private void Draw(GifFrame frame, Span<byte> canvas)
    {
        if (frame.Palette is not { } palette)
            throw GifReader.Invalid("a picture has no colours");
        var (bottom, right) = (Math.Min(frame.Top + frame.Height, Height), Math.Min(frame.Left + frame.Width, Width));
        for (var y = frame.Top; y < bottom; y++)
        {
            for (var x = frame.Left; x < right; x++)
            {
                var color = frame.Indices[((y - frame.Top) * frame.Width) + x - frame.Left];
                if (color == frame.Transparent)
                    continue;
                if (color * 3 >= palette.Length)
                    throw GifReader.Invalid("a pixel has a colour beyond the palette");
                palette.AsSpan(color * 3, 3).CopyTo(canvas[(((y * Width) + x) * 3)..]);
            }
        }
    }
}
