using System.Buffers.Binary;
using System.Text;
using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>Writes code points in UTF-8, UTF-16-BE or UTF-32-BE, by way of UTF-16 as ICU does.</summary>
internal sealed class UnicodeOutput
{
    private readonly string encoding;

    internal UnicodeOutput(KernelBuilder node)
    {
        encoding = node.String("output_encoding");
        if (encoding is not ("UTF-8" or "UTF-16-BE" or "UTF-32-BE"))
            throw node.Fail($"output_encoding must be one of: UTF-8, UTF-16-BE, UTF-32-BE, not {encoding}");
    }

    /// <summary>The bytes of some code points. Surrogates are written as they are, or as U+FFFD in UTF-8; what is beyond Unicode is left out.</summary>
    internal byte[] Encode(List<int> points)
    {
        var units = new StringBuilder(points.Count);
        foreach (var point in points)
        {
            if (point is >= 0 and < 0x10000)
                units.Append((char)point);
            else if (point is >= 0x10000 and <= 0x10FFFF)
                units.Append(char.ConvertFromUtf32(point));
        }
        var text = units.ToString();
        if (encoding == "UTF-8")
            return Encoding.UTF8.GetBytes(text);
        var result = new byte[encoding == "UTF-16-BE" ? 2L * text.Length : 4L * CountPoints(text)];
        var at = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (encoding == "UTF-16-BE")
            {
                BinaryPrimitives.WriteUInt16BigEndian(result.AsSpan(at), text[i]);
                at += 2;
                continue;
            }
            var isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            BinaryPrimitives.WriteInt32BigEndian(result.AsSpan(at), isPair ? char.ConvertToUtf32(text[i], text[i + 1]) : text[i]);
            at += 4;
            i += isPair ? 1 : 0;
        }
        return result;
    }

    private static int CountPoints(string text)
    {
        var count = text.Length;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i], text[i + 1]))
            {
                count--;
                i++;
            }
        }
        return count;
    }
}
