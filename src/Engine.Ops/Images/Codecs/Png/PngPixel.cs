namespace Engine.Ops.Images.Codecs.Png;

/// <summary>A pixel; gray ones have their level in <see cref="R"/>.</summary>
internal readonly record struct PngPixel(int R, int G, int B, int A);
