using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>The length of strings in bytes or in UTF-8 characters.</summary>
[Op("StringLength")]
internal sealed class StringLength : IOp
{
    public static void InferShapes(InferenceContext c) => EachString.SameShape(c);

    public static Kernel CreateKernel(KernelBuilder node)
        => Utf8Text.IsCharacterUnit(node) ? EachString.To(s => Utf8Text.CountCharacters(s)) : EachString.To(s => s.Length);
}
