using System.Globalization;
using System.Text;

namespace Engine;

/// <summary>Prints tensors for people: nested brackets, at most a handful of elements along each dimension and a thousand in all.</summary>
internal static class TensorPrinter
{
    private const int Edge = 3;
    private const int MaximumElements = 1000;

    internal static string Print(Tensor tensor)
    {
        var text = new StringBuilder();
        text.Append(tensor.Type.Name()).Append(tensor.Shape).Append(' ');
        var left = MaximumElements;
        Append(text, tensor, 0, 0, ref left);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Tensor tensor, int dimension, long start, ref int left)
    {
        if (dimension == tensor.Rank)
        {
            text.Append(Element(tensor, start));
            left--;
            return;
        }
        var n = tensor.Shape[dimension];
        if (n == 0)
            left--;
        var stride = tensor.Shape.CountOf(dimension + 1, tensor.Rank);
        text.Append('[');
        for (var i = 0L; i < n; i++)
        {
            if (i > 0)
                text.Append(dimension == tensor.Rank - 1 ? ", " : ",\n" + new string(' ', dimension + 1));
            if (left <= 0)
            {
                text.Append("...");
                break;
            }
            if (n > 2 * Edge + 1 && i == Edge)
            {
                text.Append("...");
                i = n - Edge - 1;
                continue;
            }
            Append(text, tensor, dimension + 1, start + i * stride, ref left);
        }
        text.Append(']');
    }

    private static string Element(Tensor tensor, long index)
    {
        object? value = tensor.Type switch
        {
            DType.String => tensor.AsSpan<byte[]>()[(int)index],
            DType.Resource => tensor.AsSpan<ResourceHandle>()[(int)index],
            DType.Variant => tensor.AsSpan<object>()[(int)index],
            _ => Plain(tensor, index),
        };
        return value switch
        {
            null => "null",
            byte[] bytes => '"' + Encoding.UTF8.GetString(bytes) + '"',
            IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
    }

    private static object Plain(Tensor tensor, long index)
    {
        using var flat = tensor.Reshape(Shape.Vector(tensor.Count));
        using var one = flat.Rows(index, 1);
        return Plain(one);
    }

    private static object Plain(Tensor one) => one.Type switch
    {
        DType.Float32 => one.AsSpan<float>()[0],
        DType.Float64 => one.AsSpan<double>()[0],
        DType.Float16 => one.AsSpan<Half>()[0],
        DType.BFloat16 => (float)one.AsSpan<Engine.Tensors.BFloat16>()[0],
        DType.Float8E5M2 => (float)one.AsSpan<Engine.Tensors.Float8E5M2>()[0],
        DType.Float8E4M3FN => (float)one.AsSpan<Engine.Tensors.Float8E4M3FN>()[0],
        DType.Int8 or DType.QInt8 or DType.Int4 => one.AsSpan<sbyte>()[0],
        DType.UInt8 or DType.QUInt8 or DType.UInt4 => one.AsSpan<byte>()[0],
        DType.Int16 or DType.QInt16 => one.AsSpan<short>()[0],
        DType.UInt16 or DType.QUInt16 => one.AsSpan<ushort>()[0],
        DType.Int32 or DType.QInt32 => one.AsSpan<int>()[0],
        DType.UInt32 => one.AsSpan<uint>()[0],
        DType.Int64 => one.AsSpan<long>()[0],
        DType.UInt64 => one.AsSpan<ulong>()[0],
        DType.Bool => one.AsSpan<bool>()[0],
        DType.Complex64 => one.AsSpan<Engine.Tensors.Complex64>()[0],
        DType.Complex128 => one.AsSpan<System.Numerics.Complex>()[0],
        _ => "?",
    };
}
