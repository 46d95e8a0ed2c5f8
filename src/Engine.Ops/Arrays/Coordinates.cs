namespace Engine.Ops.Arrays;

/// <summary>Rows of coordinates, as GatherNd and the ScatterNd family take them.</summary>
internal static class Coordinates
{
    /// <summary>Where the slice of each row begins in a tensor of the given shape, in elements.</summary>
    /// <param name="indices">[…, depth] coordinates.</param>
    /// <param name="shape">The tensor they point into.</param>
    /// <param name="depth">Coordinates per row.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="what">What they point into, for the error.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT for a coordinate out of range.</exception>
    internal static long[] Offsets(Tensor indices, Shape shape, int depth, long rows, string what)
    {
        if (rows > Array.MaxLength)
            throw EngineException.InvalidArgument($"{rows} rows of indices are too many.");
        var offsets = new long[rows];
        var strides = shape.Strides();
        switch (indices.Type)
        {
            case DType.Int32: Read<int>(indices, shape, strides, depth, offsets, what); break;
            case DType.Int64: Read<long>(indices, shape, strides, depth, offsets, what); break;
            case DType.UInt16: Read<ushort>(indices, shape, strides, depth, offsets, what); break;
            default: Read<short>(indices, shape, strides, depth, offsets, what); break;
        }
        return offsets;
    }

    private static unsafe void Read<T>(Tensor indices, Shape shape, long[] strides, int depth, long[] offsets, string what) where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        var p = indices.Pointer<T>();
        for (var row = 0; row < offsets.Length; row++)
        {
            var offset = 0L;
            for (var d = 0; d < depth; d++)
            {
                var i = long.CreateTruncating(*p++);
                if ((ulong)i >= (ulong)shape[d])
                    throw EngineException.InvalidArgument($"indices[{row}][{d}] = {i} does not index into {what} of shape {shape}");
                offset += i * strides[d];
            }
            offsets[row] = offset;
        }
    }
}
