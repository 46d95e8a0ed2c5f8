using System.Globalization;
using System.Numerics;
using System.Text;
using Engine.Tensors;

namespace Engine.Ops.Strings;

/// <summary>A tensor as text, nested in brackets, with dots for the middle of long dimensions.</summary>
internal sealed class TensorSummary
{
    private readonly Tensor tensor;
    private readonly long ends;
    private readonly List<byte> text = [];

    private TensorSummary(Tensor tensor, long ends)
    {
        this.tensor = tensor;
        this.ends = ends;
    }

    /// <summary>The text.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="summarize">How many elements to show at each end of a dimension, -1 for all.</param>
    internal static byte[] Of(Tensor tensor, long summarize)
    {
        var ends = summarize == -1 ? tensor.Count : Math.Clamp(summarize, 0, tensor.Count);
        var summary = new TensorSummary(tensor, ends);
        if (Element(tensor, 0) is null && tensor.Type != DType.String)
            summary.WriteUnknown();
        else
            summary.Write(0, 0);
        return [.. summary.text];
    }

    private static string? Element(Tensor tensor, int i) => tensor.Type switch
    {
        _ when tensor.Count == 0 && tensor.Type is not (DType.Complex64 or DType.Complex128 or DType.Resource or DType.Variant) => "",
        DType.Float32 => DecimalText.Shortish(tensor.AsSpan<float>()[i], isSingle: true),
        DType.Float64 => DecimalText.Shortish(tensor.AsSpan<double>()[i], isSingle: false),
        DType.Float16 => DecimalText.Shortish((double)tensor.AsSpan<Half>()[i], isSingle: true),
        DType.BFloat16 => DecimalText.Shortish((float)tensor.AsSpan<BFloat16>()[i], isSingle: true),
        DType.Bool => tensor.AsSpan<bool>()[i] ? "1" : "0",
        DType.Int8 or DType.QInt8 => Integer<sbyte>(tensor, i),
        DType.UInt8 or DType.QUInt8 => Integer<byte>(tensor, i),
        DType.Int16 or DType.QInt16 => Integer<short>(tensor, i),
        DType.UInt16 or DType.QUInt16 => Integer<ushort>(tensor, i),
        DType.Int32 or DType.QInt32 => Integer<int>(tensor, i),
        DType.UInt32 => Integer<uint>(tensor, i),
        DType.Int64 => Integer<long>(tensor, i),
        DType.UInt64 => Integer<ulong>(tensor, i),
        _ => null,
    };

    private static string Integer<T>(Tensor tensor, int i) where T : IBinaryInteger<T> => tensor.AsSpan<T>()[i].ToString(null, CultureInfo.InvariantCulture);

    /// <summary>Types that have no text: a question mark for each element, in one row.</summary>
    private void WriteUnknown()
    {
        if (tensor.Rank > 0)
            Append("[");
        Append(string.Join(' ', Enumerable.Repeat("?", (int)Math.Min(ends, 1 << 20))));
        if (ends < tensor.Count)
            Append("...");
        if (tensor.Rank > 0)
            Append("]");
    }

    private void Write(int dimension, long offset)
    {
        if (dimension == tensor.Rank)
        {
            if (tensor.Type == DType.String)
                WriteQuoted(tensor.AsSpan<byte[]>()[(int)offset]);
            else
                Append(Element(tensor, (int)offset)!);
            return;
        }
        Append("[");
        var count = tensor.Shape[dimension];
        var stride = tensor.Shape.CountOf(dimension + 1, tensor.Rank);
        for (var i = 0L; i < Math.Min(ends, count); i++)
        {
            if (i > 0)
                WriteSpacing(dimension);
            Write(dimension + 1, offset + i * stride);
        }
        if (count > 2 * ends)
        {
            WriteSpacing(dimension);
            Append("...");
        }
        for (var i = Math.Max(ends, count - ends); i < count; i++)
        {
            WriteSpacing(dimension);
            Write(dimension + 1, offset + i * stride);
        }
        Append("]");
    }

    private void WriteSpacing(int dimension)
    {
        if (dimension == tensor.Rank - 1)
            Append(" ");
        else
            Append(new string('\n', tensor.Rank - dimension - 1) + new string(' ', dimension + 1));
    }

    private void WriteQuoted(byte[] value)
    {
        Append("\"");
        foreach (var b in value)
        {
            switch (b)
            {
                case (byte)'\n': Append("\\n"); break;
                case (byte)'\r': Append("\\r"); break;
                case (byte)'\t': Append("\\t"); break;
                case (byte)'"' or (byte)'\'' or (byte)'\\': Append("\\" + (char)b); break;
                case < 0x20 or 0x7F: Append("\\" + Convert.ToString(b, 8).PadLeft(3, '0')); break;
                default: text.Add(b); break;
            }
        }
        Append("\"");
    }

    private void Append(string ascii) => text.AddRange(Encoding.ASCII.GetBytes(ascii));
}
