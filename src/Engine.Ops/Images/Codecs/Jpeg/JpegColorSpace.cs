namespace Engine.Ops.Images.Codecs.Jpeg;

internal enum JpegColorSpace
{
    Unknown,
    Gray,
    Rgb,
    YCbCr,
    Cmyk,
    Ycck,
}
