using System.Text;
using Engine.Io.Files;
using Engine.OpModel;
using Engine.Ops.Datasets;

namespace Engine.Io.Ops;

/// <summary>The names of files that match any of the patterns, each once, in the order of their bytes.</summary>
[Op("MatchingFilesDataset", "ExperimentalMatchingFilesDataset")]
internal sealed class MatchingFilesDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => DatasetOps.Kernel(context =>
    {
        var patterns = context.Input(0).Rank <= 1 ? context.Input(0).ToStrings() : throw EngineException.InvalidArgument("`patterns` must be a scalar or a vector.");
        return new DerivedDataset([DType.String], Resources.Dataset.Unknown, () =>
        {
            // Looked for when the walk begins, not when the dataset is made.
            Queue<byte[]>? names = null;
            return new SteppedIterator(_ =>
            {
                names ??= Find(patterns);
                return names.TryDequeue(out var name) ? [Tensor.Scalar(name)] : null;
            });
        });
    });

    private static Queue<byte[]> Find(string[] patterns)
        => new(patterns.SelectMany(FilePattern.Match).Distinct().Where(p => !Directory.Exists(p)).Select(Encoding.UTF8.GetBytes).Order(Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b))));
}
