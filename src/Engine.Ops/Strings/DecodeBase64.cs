using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>Strings from web-safe base64, padded or not.</summary>
[Op("DecodeBase64")]
internal sealed class DecodeBase64 : IOp
{
    public static void InferShapes(InferenceContext c) => EachString.SameShape(c);

    public static Kernel CreateKernel(KernelBuilder node) => EachString.Map(Decode);

    private static byte[] Decode(byte[] text)
    {
        var length = text.Length;
        // Padding counts only where it fills the last group of four.
        if (length % 4 == 0)
        {
            for (var i = 0; i < 2 && length > 0 && text[length - 1] == '='; i++)
                length--;
        }
        if (length % 4 == 1)
            throw EngineException.InvalidArgument("Base64 string length cannot be 1 modulo 4");
        var result = new byte[length / 4 * 3 + Math.Max(length % 4 - 1, 0)];
        var (bits, count, at) = (0, 0, 0);
        for (var i = 0; i < length; i++)
        {
            bits = (bits << 6) | Value(text[i]);
            count += 6;
            if (count >= 8)
            {
                count -= 8;
                result[at++] = (byte)(bits >> count);
            }
        }
        return result;
    }

    private static int Value(byte c) => c switch
    {
        >= (byte)'A' and <= (byte)'Z' => c - 'A',
        >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
        (byte)'-' => 62,
        (byte)'_' => 63,
        _ => throw EngineException.InvalidArgument("Invalid character found in base64."),
    };
}
