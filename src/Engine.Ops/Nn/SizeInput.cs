namespace Engine.Ops.Nn;

/// <summary>Reads shapes that come as integer tensors.</summary>
internal static class SizeInput
{
    /// <summary>The elements of an int32 or int64 vector.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another rank.</exception>
    public static long[] Read(Tensor sizes, string name)
    {
        if (sizes.Rank != 1)
            throw EngineException.InvalidArgument($"{name} must be 1-dimensional, not {sizes.Rank}-dimensional");
        return Elements(sizes);
    }

    /// <summary>The elements of an int32 or int64 tensor of any rank.</summary>
    public static long[] Elements(Tensor sizes)
        => sizes.Type == DType.Int64 ? sizes.ToArray<long>() : Array.ConvertAll(sizes.ToArray<int>(), size => (long)size);

    /// <summary>The vector as a shape.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another rank or negative sizes.</exception>
    public static Shape ReadShape(Tensor sizes, string name) => new(Read(sizes, name));
}
