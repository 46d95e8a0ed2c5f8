namespace Engine.Ops.Images.Codecs;

internal enum ImageFormat
{
    Unknown,
    Jpeg,
    Png,
    Gif,
    Bmp,
}
