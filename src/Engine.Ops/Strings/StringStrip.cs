using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>Strings without ASCII whitespace at their ends.</summary>
[Op("StringStrip")]
internal sealed class StringStrip : IOp
{
    public static void InferShapes(InferenceContext c) => EachString.SameShape(c);

    public static Kernel CreateKernel(KernelBuilder node) => EachString.Map(s => Whitespace.Trim(s).ToArray());
}
