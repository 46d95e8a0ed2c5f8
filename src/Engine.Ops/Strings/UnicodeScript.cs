using Engine.OpModel;
using Engine.Ops.Strings.RegularExpressions;

namespace Engine.Ops.Strings;

/// <summary>ICU's number of the script of each code point; -1 for what is no code point.</summary>
[Op("UnicodeScript")]
internal sealed class UnicodeScript : IOp
{
    public static void InferShapes(InferenceContext c) => EachString.SameShape(c);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var input = context.Input(0);
        var points = input.AsSpan<int>();
        var result = context.Allocate(0, input.Shape).AsSpan<int>();
        for (var i = 0; i < points.Length; i++)
            result[i] = points[i] is >= 0 and <= CodePointSet.Max ? UnicodeScripts.Of(points[i]) : -1;
    });
}
