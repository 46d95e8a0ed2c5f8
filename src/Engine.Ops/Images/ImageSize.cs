namespace Engine.Ops.Images;

/// <summary>Reads the height and width of an image from a tensor.</summary>
internal static class ImageSize
{
    /// <summary>The two elements of an int32 vector, both positive.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for anything else.</exception>
    public static (int Height, int Width) Read(Tensor size, string name = "output dimensions")
    {
        if (size.Rank != 1 || size.Count != 2)
            throw EngineException.InvalidArgument($"{name} must be a vector of 2 elements, not {size.Shape}");
        var values = size.AsSpan<int>();
        var (height, width) = (values[0], values[1]);
        return height > 0 && width > 0 ? (height, width) : throw EngineException.InvalidArgument($"{name} must be positive, not {height} and {width}");
    }
}
