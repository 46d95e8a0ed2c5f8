namespace Engine.Graphs;

/// <summary>The versions of a graph (<c>VersionDef</c>): who wrote it, and who may read it.</summary>
/// <param name="Producer">Version of the writer.</param>
/// <param name="MinConsumer">Least version of a reader.</param>
/// <param name="BadConsumers">Versions that must not read it.</param>
public sealed record GraphVersions(int Producer, int MinConsumer, IReadOnlyList<int> BadConsumers)
{
    /// <summary>The GraphDef version of TensorFlow 2.15, which this library reads and writes.</summary>
    public const int Current = 1645;
}
