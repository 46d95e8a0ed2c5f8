using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>Text from one encoding to another.</summary>
[Op("UnicodeTranscode")]
internal sealed class UnicodeTranscode : IOp
{
    public static void InferShapes(InferenceContext c) => EachString.SameShape(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var input = CharacterEncoding.Of(node.String("input_encoding"));
        var output = new UnicodeOutput(node);
        var errors = new UnicodeErrors(node);
        return EachString.Map(text =>
        {
            var points = new List<int>(text.Length);
            input.Decode(text, points, null);
            errors.Apply(points, null, controlsAreErrors: true);
            return output.Encode(points);
        });
    }
}
