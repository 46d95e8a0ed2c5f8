using System.Globalization;
using System.Text;
using Engine.Tensors;

namespace Engine.Ops.Arrays;

/// <summary>A tensor's first elements as TensorFlow prints them in messages: <c>[1 2 3...]</c>, <c>[[1 2][3 4]]</c>.</summary>
internal static class TensorSummary
{
    /// <summary>The summary, in brackets, of at most <paramref name="limit"/> elements; all for a negative limit.</summary>
    internal static string Of(Tensor tensor, long limit)
    {
        var text = new StringBuilder("[");
        var count = limit < 0 ? tensor.Count : Math.Min(limit, tensor.Count);
        var written = 0L;
        if (tensor.Rank <= 1)
            Row(text, tensor, count, ref written, tensor.Count);
        else
            Nest(text, tensor, 0, count, ref written);
        return text.Append(count < tensor.Count ? "...]" : "]").ToString();
    }

    private static void Nest(StringBuilder text, Tensor tensor, int d, long count, ref long written)
    {
        for (var i = 0L; i < tensor.Shape[d] && written < count; i++)
        {
            text.Append('[');
            if (d == tensor.Rank - 2)
                Row(text, tensor, count, ref written, tensor.Shape[-1]);
            else
                Nest(text, tensor, d + 1, count, ref written);
            text.Append(']');
        }
    }

    private static void Row(StringBuilder text, Tensor tensor, long count, ref long written, long length)
    {
        for (var i = 0L; i < length && written < count; i++)
            text.Append(i > 0 ? " " : "").Append(Element(tensor, (int)written++));
    }

    private static string Element(Tensor tensor, int i) => tensor.Type switch
    {
        DType.String => Encoding.UTF8.GetString(tensor.AsSpan<byte[]>()[i]),
        DType.Bool => tensor.AsSpan<bool>()[i] ? "1" : "0",
        DType.Resource => tensor.AsSpan<ResourceHandle>()[i]?.ToString() ?? "",
        DType.Variant => "<variant>",
        DType.Float32 => tensor.AsSpan<float>()[i].ToString(CultureInfo.InvariantCulture),
        DType.Float64 => tensor.AsSpan<double>()[i].ToString(CultureInfo.InvariantCulture),
        DType.Float16 => ((float)tensor.AsSpan<Half>()[i]).ToString(CultureInfo.InvariantCulture),
        DType.BFloat16 => ((float)tensor.AsSpan<BFloat16>()[i]).ToString(CultureInfo.InvariantCulture),
        DType.Complex64 => tensor.AsSpan<Complex64>()[i].ToString() ?? "",
        DType.Complex128 => tensor.AsSpan<System.Numerics.Complex>()[i].ToString(CultureInfo.InvariantCulture),
        _ => Integer(tensor, i).ToString(CultureInfo.InvariantCulture),
    };

    private static Int128 Integer(Tensor tensor, int i) => tensor.Type switch
    {
        DType.Int64 => tensor.AsRawSpan<long>()[i],
        DType.UInt64 => tensor.AsRawSpan<ulong>()[i],
        DType.UInt32 => tensor.AsRawSpan<uint>()[i],
        DType.Int16 or DType.QInt16 => tensor.AsRawSpan<short>()[i],
        DType.UInt16 or DType.QUInt16 => tensor.AsRawSpan<ushort>()[i],
        DType.Int8 or DType.QInt8 or DType.Int4 => tensor.AsRawSpan<sbyte>()[i],
        _ when tensor.Type.Size() == 1 => tensor.AsRawSpan<byte>()[i],
        _ => tensor.AsRawSpan<int>()[i],
    };
}
