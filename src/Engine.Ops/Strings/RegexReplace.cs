using Engine.OpModel;
using Engine.Ops.Strings.RegularExpressions;

namespace Engine.Ops.Strings;

/// <summary>Replaces the matches of a regular expression.</summary>
[Op("RegexReplace")]
internal sealed class RegexReplace : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(1, 0);
        c.Input(2, 0);
        c.SetOutput(0, c.Input(0));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var isGlobal = node.Bool("replace_global");
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            var pattern = Pattern.Of(EachString.Scalar(context.Input(1), "Pattern"));
            var rewrite = new Rewrite(EachString.Scalar(context.Input(2), "Rewrite"));
            pattern.Replace(input.AsSpan<byte[]>(), rewrite, isGlobal, context.Allocate(0, input.Shape).AsSpan<byte[]>());
        }, isSequential: true);
    }
}
