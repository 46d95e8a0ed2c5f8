using Engine.OpModel;
using Engine.Ops.Strings.RegularExpressions;

namespace Engine.Ops.Strings;

/// <summary>Whether strings match a regular expression from end to end; the pattern is an attribute.</summary>
[Op("StaticRegexFullMatch")]
internal sealed class StaticRegexFullMatch : IOp
{
    public static void InferShapes(InferenceContext c) => EachString.SameShape(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var pattern = Pattern.Of(node.Node.Attr("pattern").AsBytes());
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            pattern.FullMatch(input.AsSpan<byte[]>(), context.Allocate(0, input.Shape).AsSpan<bool>());
        }, isSequential: true);
    }
}
