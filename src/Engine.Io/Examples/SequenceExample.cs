using Google.Protobuf;

namespace Engine.Io.Examples;

/// <summary>Named features of a sequence, and named lists of features with one entry per step: <c>tf.train.SequenceExample</c>.</summary>
public sealed class SequenceExample
{
    /// <summary>Features of the whole sequence, by name.</summary>
    public IDictionary<string, Feature> Context { get; } = new SortedDictionary<string, Feature>(StringComparer.Ordinal);

    /// <summary>Features of each step, by name.</summary>
    public IDictionary<string, IList<Feature>> FeatureLists { get; } = new SortedDictionary<string, IList<Feature>>(StringComparer.Ordinal);

    /// <summary>Reads a serialized message.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for what is none.</exception>
    public static SequenceExample Parse(ReadOnlySpan<byte> serialized)
    {
        var proto = FeatureMaps.Parse(Protos.SequenceExample.Parser, serialized);
        var example = new SequenceExample();
        FeatureMaps.Read(proto.Context, example.Context);
        foreach (var (name, list) in proto.FeatureLists?.FeatureList ?? [])
            example.FeatureLists[name] = [.. list.Feature.Select(Feature.FromProto)];
        return example;
    }

    /// <summary>The serialized message, features in the order of their names.</summary>
    public byte[] ToBytes()
    {
        var proto = new Protos.SequenceExample { FeatureLists = new() };
        if (Context.Count > 0)
            proto.Context = FeatureMaps.Write(Context);
        foreach (var (name, list) in FeatureLists)
        {
            var rows = new Protos.FeatureList();
            rows.Feature.AddRange(list.Select(f => f.ToProto()));
            proto.FeatureLists.FeatureList[name] = rows;
        }
        return proto.ToByteArray();
    }
}
