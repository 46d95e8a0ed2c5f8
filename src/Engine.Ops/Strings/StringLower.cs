using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>Strings in lower case: ASCII letters alone, or by Unicode's rules when they are UTF-8.</summary>
[Op("StringLower")]
internal sealed class StringLower : IOp
{
    public static void InferShapes(InferenceContext c) => EachString.SameShape(c);

    public static Kernel CreateKernel(KernelBuilder node) => node.String("encoding") switch
    {
        "" => EachString.Map(Ascii),
        "utf-8" => EachString.Map(CaseMapping.Lower),
        var encoding => throw node.Fail($"only utf-8 or '' (no encoding) is supported, received {encoding}"),
    };

    private static byte[] Ascii(byte[] text)
    {
        var result = (byte[])text.Clone();
        foreach (ref var b in result.AsSpan())
        {
            if (char.IsAsciiLetter((char)b))
                b = (byte)char.ToLowerInvariant((char)b);
        }
        return result;
    }
}
