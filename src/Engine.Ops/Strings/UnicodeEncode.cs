using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>Code points of a ragged tensor to text, a string per row.</summary>
[Op("UnicodeEncode")]
internal sealed class UnicodeEncode : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 1);
        var splits = c.Input(1, 1);
        c.SetOutput(0, [splits[0] > 0 ? splits[0] - 1 : -1]);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (node.Type("Tsplits") is not (DType.Int32 or DType.Int64))
            throw node.NoKernel();
        var output = new UnicodeOutput(node);
        var errors = new UnicodeErrors(node);
        return Kernel.From(context =>
        {
            if (context.Input(0).Rank != 1)
                throw EngineException.InvalidArgument($"input_values must be a vector, got {context.Input(0).Shape}");
            var values = context.Input(0).AsSpan<int>();
            var splits = RowSplits.Read(context.Input(1), values.Length, "input_splits");
            var result = context.Allocate(0, splits.Length - 1).AsSpan<byte[]>();
            for (var i = 0; i < result.Length; i++)
            {
                var points = new List<int>();
                foreach (var point in values[(int)splits[i]..(int)splits[i + 1]])
                {
                    if (IsCharacter(point))
                        points.Add(point);
                    else if (errors.IsStrict)
                        throw EngineException.InvalidArgument("Code point is out of range for Unicode, or a noncharacter.");
                    else
                        points.Add(errors.IsIgnore ? point : errors.Replacement);
                }
                result[i] = output.Encode(points);
            }
        }, isSequential: true);
    }

    /// <summary>Whether a code point is neither a surrogate nor one of the 66 that are no characters.</summary>
    private static bool IsCharacter(int point)
        => point is >= 0 and <= 0x10FFFF and not (>= 0xD800 and < 0xE000) and not (>= 0xFDD0 and <= 0xFDEF) && (point & 0xFFFE) != 0xFFFE;
}
