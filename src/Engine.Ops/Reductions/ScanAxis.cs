namespace Engine.Ops.Reductions;

/// <summary>The dimension that a scan goes along.</summary>
internal static class ScanAxis
{
    /// <summary>How many elements lie outside, along and inside the axis.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for an axis that is no scalar or out of range.</exception>
    internal static (long Outer, long Length, long Inner) Split(Shape shape, Tensor axis)
    {
        if (axis.Rank != 0)
            throw EngineException.InvalidArgument($"ScanOp: axis must be a scalar, not {axis.Shape}");
        var value = axis.Type == DType.Int32 ? axis.Item<int>() : axis.Item<long>();
        if (value < -shape.Rank || value >= shape.Rank)
            throw EngineException.InvalidArgument($"ScanOp: Expected scan axis in the range [{-shape.Rank}, {shape.Rank}), but got {value}");
        var k = (int)(value < 0 ? value + shape.Rank : value);
        return (shape.CountOf(0, k), shape[k], shape.CountOf(k + 1, shape.Rank));
    }
}
