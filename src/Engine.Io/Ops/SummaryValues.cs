using Engine.Tensors;

namespace Engine.Io.Ops;

/// <summary>Elements of any real type as numbers for summaries.</summary>
internal static class SummaryValues
{
    /// <summary>Whether summaries take elements of this type.</summary>
    internal static bool Supports(DType type) => type.IsInteger() || type is DType.Float16 or DType.BFloat16 or DType.Float32 or DType.Float64;

    /// <summary>An element.</summary>
    internal static double Read(Tensor tensor, int index) => tensor.Type switch
    {
        DType.Float32 => tensor.AsSpan<float>()[index],
        DType.Float64 => tensor.AsSpan<double>()[index],
        DType.Float16 => (double)tensor.AsSpan<Half>()[index],
        DType.BFloat16 => (double)tensor.AsSpan<BFloat16>()[index],
        DType.Int8 => tensor.AsSpan<sbyte>()[index],
        DType.UInt8 => tensor.AsSpan<byte>()[index],
        DType.Int16 => tensor.AsSpan<short>()[index],
        DType.UInt16 => tensor.AsSpan<ushort>()[index],
        DType.Int32 => tensor.AsSpan<int>()[index],
        DType.UInt32 => tensor.AsSpan<uint>()[index],
        DType.Int64 => tensor.AsSpan<long>()[index],
        DType.Bool => tensor.AsSpan<bool>()[index] ? 1 : 0,
        _ => tensor.AsSpan<ulong>()[index],
    };
}
