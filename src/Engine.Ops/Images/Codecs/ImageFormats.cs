namespace Engine.Ops.Images.Codecs;

/// <summary>Tells image formats by their first bytes.</summary>
internal static class ImageFormats
{
    public static ImageFormat Of(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return ImageFormat.Jpeg;
        if (data.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return ImageFormat.Png;
        if (data.StartsWith("GIF8"u8))
            return ImageFormat.Gif;
        return data.StartsWith("BM"u8) ? ImageFormat.Bmp : ImageFormat.Unknown;
    }
}
