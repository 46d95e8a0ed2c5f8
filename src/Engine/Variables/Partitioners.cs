namespace Engine.Variables;

/// <summary>TensorFlow's ways to split variables.</summary>
public static class Partitioners
{
    /// <summary>Into a number of parts along a dimension.</summary>
    public static Partitioner FixedSize(int parts, int axis = 0) => (shape, _) => Split(shape, axis, Math.Max(1, Math.Min(parts, shape.Rank > axis ? shape[axis] : 1)));

    /// <summary>Into as few parts as keep each below a number of bytes.</summary>
    /// <param name="maxShardBytes">Bytes of a part.</param>
    /// <param name="axis">The dimension to split.</param>
    /// <param name="maxShards">Most parts; no limit by default.</param>
    /// <param name="bytesPerString">What an element of a string variable counts.</param>
    public static Partitioner VariableAxisSize(long maxShardBytes, int axis = 0, int? maxShards = null, int bytesPerString = 16) => (shape, type) =>
    {
        if (maxShardBytes < 1)
            throw EngineException.InvalidArgument($"A part of {maxShardBytes} bytes cannot be.");
        var element = type == DType.String ? bytesPerString : type.Size();
        var bytes = Math.Max(1, (double)shape.Count / Math.Max(1, shape[axis]) * element);
        var most = Math.Min(shape[axis], maxShards ?? long.MaxValue);
        var rows = Math.Max(1, (long)(maxShardBytes / bytes));
        return Split(shape, axis, Math.Max(1, Math.Min(most, (shape[axis] + rows - 1) / rows)));
    };

    /// <summary>Into at most a number of parts, each of at least so many bytes.</summary>
    /// <param name="maxPartitions">Most parts.</param>
    /// <param name="axis">The dimension to split.</param>
    /// <param name="minSliceBytes">Least bytes of a part.</param>
    /// <param name="bytesPerString">What an element of a string variable counts.</param>
    public static Partitioner MinMax(int maxPartitions, int axis = 0, long minSliceBytes = 256 << 10, int bytesPerString = 16) => (shape, type) =>
    {
        var element = type == DType.String ? bytesPerString : type.Size();
        if (minSliceBytes < 1)
            throw EngineException.InvalidArgument($"A part of {minSliceBytes} bytes cannot be.");
        // Rounded up, as in TensorFlow: the last part, or each of a few, may be smaller than asked for.
        var parts = Math.Ceiling((double)shape.Count * element / minSliceBytes);
        return Split(shape, axis, (long)Math.Max(1, Math.Min(Math.Min(parts, maxPartitions), axis >= 0 && axis < shape.Rank ? shape[axis] : 1)));
    };

    private static int[] Split(Shape shape, int axis, long parts)
    {
        var result = new int[shape.Rank];
        Array.Fill(result, 1);
        if (axis < 0 || axis >= shape.Rank)
            throw EngineException.InvalidArgument($"A variable of shape {shape} cannot be split along dimension {axis}.");
        result[axis] = (int)parts;
        return result;
    }
}
