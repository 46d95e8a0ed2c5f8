namespace Engine.Ops.Images.Codecs.Gif;

/// <summary>Reads the pictures of a GIF file. A picture that is cut off ends the file; the ones before it count.</summary>
internal static class GifReader
{
    private const int Picture = 0x2C;
    private const int Extension = 0x21;
    private const int Trailer = 0x3B;
    private const int GraphicControl = 0xF9;

    /// <exception cref="EngineException">INVALID_ARGUMENT for a file without a picture, or a picture that cannot begin.</exception>
    public static List<GifFrame> Read(byte[] data)
    {
        var input = new GifInput(data);
        var frames = new List<GifFrame>();
        if (!input.TryBytes(6, out _) || !input.TryBytes(4, out _) || !input.TryByte(out var flags) || !input.TryBytes(2, out _) || !TryPalette(input, flags, out var palette))
            throw Invalid("the header is cut off");
        var transparent = (int?)null;
        while (input.TryByte(out var kind) && kind != Trailer)
        {
            if (kind == Extension)
            {
                if (!TryExtension(input, ref transparent))
                    break;
                continue;
            }
            if (kind != Picture || !TryFrame(input, palette, transparent ?? -1, out var frame))
                break;
            frames.Add(frame!);
            transparent = null;
        }
        return frames.Count > 0 ? frames : throw Invalid("no picture");
    }

    public static EngineException Invalid(string why) => EngineException.InvalidArgument($"Invalid GIF data: {why}");

    private static bool TryPalette(GifInput input, int flags, out byte[]? palette)
    {
        palette = null;
        if ((flags & 0x80) == 0)
            return true;
        var isThere = input.TryBytes(3 << ((flags & 7) + 1), out var colors);
        palette = colors.ToArray();
        return isThere;
    }

    /// <summary>Of several graphic controls before a picture the first counts.</summary>
    private static bool TryExtension(GifInput input, ref int? transparent)
    {
        if (!input.TryByte(out var function) || !input.TryBlock(out var block))
            return false;
        if (function == GraphicControl && !block.IsEmpty)
            transparent ??= block.Length == 4 && (block[0] & 1) != 0 ? block[3] : -1;
        while (!block.IsEmpty)
        {
            if (!input.TryBlock(out block))
                return false;
        }
        return true;
    }

    private static bool TryFrame(GifInput input, byte[]? globalPalette, int transparent, out GifFrame? frame)
    {
        frame = null;
        if (!input.TryShort(out var left) || !input.TryShort(out var top) || !input.TryShort(out var width) || !input.TryShort(out var height)
            || !input.TryByte(out var flags) || !TryPalette(input, flags, out var palette))
            return false;
        if (!input.TryByte(out var codeBits) || codeBits > 8 || width == 0 || height == 0)
            throw Invalid("a picture cannot be decoded");
        // A code has 1 bit at least and stands for no more than 4,096 pixels: short data allocates nothing.
        if ((long)width * height > input.Remaining * 8L * 4096)
            return false;
        var indices = new byte[(long)width * height];
        var pixels = new LzwDecoder(input, codeBits);
        if ((flags & 0x40) == 0)
        {
            if (!pixels.TryRead(indices))
                return false;
        }
        else
        {
            foreach (var (first, step) in (ReadOnlySpan<(int, int)>)[(0, 8), (4, 8), (2, 4), (1, 2)])
            {
                for (var y = first; y < height; y += step)
                {
                    if (!pixels.TryRead(indices.AsSpan(y * width, width)))
                        return false;
                }
            }
        }
        frame = new GifFrame(left, top, width, height, palette ?? globalPalette, transparent, indices);
        return pixels.TryEnd();
    }
}
