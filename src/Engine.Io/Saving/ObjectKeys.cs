using Engine.Io.Files;

namespace Engine.Io.Saving;

/// <summary>Names of variables in an object-based checkpoint.</summary>
internal static class ObjectKeys
{
    internal const string ObjectGraph = "_CHECKPOINTABLE_OBJECT_GRAPH";

    /// <summary>Name of a variable → key under which it is stored; null when the checkpoint is not object-based.</summary>
    internal static IReadOnlyDictionary<string, string>? ByVariableName(string prefix)
    {
        using var reader = CheckpointReader.Open(prefix);
        if (Read(reader, prefix) is not { } graph)
            return null;
        var keys = new Dictionary<string, string>();
        foreach (var attribute in graph.Nodes.SelectMany(n => n.Attributes))
            keys[attribute.FullName] = attribute.CheckpointKey;
        return keys;
    }

    /// <summary>The object graph of a checkpoint, or null.</summary>
    internal static Protos.TrackableObjectGraph? Read(CheckpointReader reader, string prefix)
    {
        if (reader.Find(ObjectGraph) is not { Type: DType.String, Shape.Count: 1 })
            return null;
        using var text = reader.Read(ObjectGraph);
        return MessageFile.Parse(Protos.TrackableObjectGraph.Parser, text.AsSpan<byte[]>()[0], prefix);
    }
}
