namespace Engine.Ops.ControlFlow;

/// <summary>What TensorFlow takes for true: a number that is not zero, a string that is not empty; of a tensor that is no scalar, that it is not empty.</summary>
internal static class Truth
{
    /// <exception cref="EngineException">INVALID_ARGUMENT for types that have no truth.</exception>
    internal static bool Of(Tensor t)
    {
        if (t.Rank > 0)
            return t.Count > 0;
        return t.Type switch
        {
            DType.Bool => t.AsSpan<bool>()[0],
            DType.Float32 => t.AsSpan<float>()[0] != 0,
            DType.Float64 => t.AsSpan<double>()[0] != 0,
            DType.Int32 => t.AsSpan<int>()[0] != 0,
            DType.Int64 => t.AsSpan<long>()[0] != 0,
            DType.Int16 => t.AsSpan<short>()[0] != 0,
            DType.Int8 => t.AsSpan<sbyte>()[0] != 0,
            DType.UInt8 => t.AsSpan<byte>()[0] != 0,
            DType.String => t.AsSpan<byte[]>()[0].Length > 0,
            _ => throw EngineException.InvalidArgument($"{t.Type.Name()} cannot be converted to a boolean"),
        };
    }
}
