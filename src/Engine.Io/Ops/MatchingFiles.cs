using System.Text;
using Engine.Io.Files;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>The files that match any of the patterns, in the order of their names' bytes.</summary>
[Op("MatchingFiles")]
internal sealed class MatchingFiles : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.WithRankAtMost(c.Input(0), 1);
        c.SetOutput(0, PartialShape.Vector(-1));
    }

    public static Kernel CreateKernel(KernelBuilder node) => new FileKernel(context =>
    {
        var patterns = context.Input(0);
        if (patterns.Rank > 1)
            throw EngineException.InvalidArgument($"Input patterns tensor must be scalar or vector, but had shape: {patterns.Shape}");
        var names = new List<byte[]>();
        foreach (var pattern in patterns.AsSpan<byte[]>())
            names.AddRange(FilePattern.Match(Encoding.UTF8.GetString(pattern)).Select(Encoding.UTF8.GetBytes));
        names.Sort((a, b) => a.AsSpan().SequenceCompareTo(b));
        names.ToArray().CopyTo(context.Allocate(0, names.Count).AsSpan<byte[]>());
    });
}
