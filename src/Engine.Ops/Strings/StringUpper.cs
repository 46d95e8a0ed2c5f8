using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>Strings in upper case: ASCII letters alone, or by Unicode's rules when they are UTF-8.</summary>
[Op("StringUpper")]
internal sealed class StringUpper : IOp
{
    public static void InferShapes(InferenceContext c) => EachString.SameShape(c);

    public static Kernel CreateKernel(KernelBuilder node) => node.String("encoding") switch
    {
        "" => EachString.Map(Ascii),
        "utf-8" => EachString.Map(CaseMapping.Upper),
        var encoding => throw node.Fail($"only utf-8 or '' (no encoding) is supported, received {encoding}"),
    };

    private static byte[] Ascii(byte[] text)
    {
        var result = (byte[])text.Clone();
        foreach (ref var b in result.AsSpan())
        {
            if (char.IsAsciiLetter((char)b))
                b = (byte)char.ToUpperInvariant((char)b);
        }
        return result;
    }
}
