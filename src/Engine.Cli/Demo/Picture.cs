using System.Text;

namespace Engine.Cli.Demo;

/// <summary>Small gray pictures in the terminal: two rows of pixels per line of text.</summary>
internal static class Picture
{
    private const string Shades = " .:-=+*#%@";

    /// <summary>Image <paramref name="index"/> of a batch [N, height, width, 1] of values from 0 to 1.</summary>
    internal static string Draw(Tensor images, int index)
    {
        var (height, width) = ((int)images.Shape[1], (int)images.Shape[2]);
        var pixels = images.AsSpan<float>().Slice(index * height * width, height * width);
        var text = new StringBuilder();
        for (var y = 0; y < height; y += 2)
        {
            for (var x = 0; x < width; x++)
            {
                var value = (pixels[y * width + x] + pixels[Math.Min(y + 1, height - 1) * width + x]) / 2;
                text.Append(Shades[(int)Math.Clamp(value * Shades.Length, 0, Shades.Length - 1)]);
            }
            text.Append('\n');
        }
        return text.ToString();
    }
}
