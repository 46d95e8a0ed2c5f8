using Engine.OpModel;
using Engine.Ops.Strings.RegularExpressions;

namespace Engine.Ops.Strings;

/// <summary>Whether strings match a regular expression from end to end.</summary>
[Op("RegexFullMatch")]
internal sealed class RegexFullMatch : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(1, 0);
        c.SetOutput(0, c.Input(0));
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var input = context.Input(0);
        var pattern = Pattern.Of(EachString.Scalar(context.Input(1), "Pattern"));
        pattern.FullMatch(input.AsSpan<byte[]>(), context.Allocate(0, input.Shape).AsSpan<bool>());
    }, isSequential: true);
}
