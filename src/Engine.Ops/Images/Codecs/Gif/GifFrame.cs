namespace Engine.Ops.Images.Codecs.Gif;

/// <summary>One picture of a GIF file and where it lies on the canvas.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Palette">Red, green and blue of each colour; null where the file has none.</param>
/// <param name="Transparent">The index that lets the picture before show through, or -1.</param>
/// <param name="Indices">The colour of each pixel.</param>
internal sealed record GifFrame(int Left, int Top, int Width, int Height, byte[]? Palette, int Transparent, byte[] Indices);
