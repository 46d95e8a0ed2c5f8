using System.Buffers.Text;
using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>Strings in web-safe base64.</summary>
[Op("EncodeBase64")]
internal sealed class EncodeBase64 : IOp
{
    public static void InferShapes(InferenceContext c) => EachString.SameShape(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var pad = node.Bool("pad");
        return EachString.Map(s =>
        {
            if (s.Length > 1_600_000_000)
                throw EngineException.ResourceExhausted($"A string of {s.Length} bytes is too long to be encoded.");
            var text = Base64Url.EncodeToUtf8(s);
            return pad && text.Length % 4 != 0 ? [.. text, .. "==="u8[..(4 - text.Length % 4)]] : text;
        });
    }
}
