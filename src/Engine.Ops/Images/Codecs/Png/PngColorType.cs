namespace Engine.Ops.Images.Codecs.Png;

/// <summary>What the samples of a pixel are; the values are the format's.</summary>
internal enum PngColorType
{
    Gray = 0,
    Rgb = 2,
    Palette = 3,
    GrayAlpha = 4,
    RgbAlpha = 6,
}
