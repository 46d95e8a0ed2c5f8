using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.Strings;

/// <summary>Text to code points, as a ragged tensor; on request with the byte where each begins.</summary>
[Op("UnicodeDecode", "UnicodeDecodeWithOffsets")]
internal sealed class UnicodeDecode : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.SetOutput(0, [c.Input(0).Count is >= 0 and var count ? count + 1 : -1]);
        for (var i = 1; i < c.OutputCount; i++)
            c.SetOutput(i, [-1]);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (node.Type("Tsplits") is not (DType.Int32 or DType.Int64))
            throw node.NoKernel();
        var encoding = CharacterEncoding.Of(node.String("input_encoding"));
        var errors = new UnicodeErrors(node);
        var withOffsets = node.OutputCount > 2;
        return Kernel.From(context =>
        {
            var texts = context.Input(0).AsSpan<byte[]>();
            var splits = new long[texts.Length + 1];
            var (points, starts) = (new List<int>(), withOffsets ? new List<long>() : null);
            var (allPoints, allStarts) = (new List<int>(), new List<long>());
            for (var i = 0; i < texts.Length; i++)
            {
                points.Clear();
                starts?.Clear();
                encoding.Decode(texts[i], points, starts);
                errors.Apply(points, starts, controlsAreErrors: false);
                allPoints.AddRange(points);
                allStarts.AddRange(starts ?? []);
                splits[i + 1] = allPoints.Count;
            }
            IndexTensor.Write(splits, context.Allocate(0, splits.Length));
            allPoints.CopyTo(context.Allocate(1, allPoints.Count).AsSpan<int>());
            if (withOffsets)
                allStarts.CopyTo(context.Allocate(2, allStarts.Count).AsSpan<long>());
        }, isSequential: true);
    }
}
