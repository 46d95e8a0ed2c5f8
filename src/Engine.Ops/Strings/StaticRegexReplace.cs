using Engine.OpModel;
using Engine.Ops.Strings.RegularExpressions;

namespace Engine.Ops.Strings;

/// <summary>Replaces the matches of a regular expression; pattern and rewrite are attributes.</summary>
[Op("StaticRegexReplace")]
internal sealed class StaticRegexReplace : IOp
{
    public static void InferShapes(InferenceContext c) => EachString.SameShape(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var isGlobal = node.Bool("replace_global");
        var pattern = Pattern.Of(node.Node.Attr("pattern").AsBytes());
        var rewrite = new Rewrite(node.Node.Attr("rewrite").AsBytes());
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            pattern.Replace(input.AsSpan<byte[]>(), rewrite, isGlobal, context.Allocate(0, input.Shape).AsSpan<byte[]>());
        }, isSequential: true);
    }
}
