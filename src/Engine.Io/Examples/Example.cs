using Google.Protobuf;

namespace Engine.Io.Examples;

/// <summary>
/// Named features of one training example: <c>tf.train.Example</c>. In code: <c>new Example { ["label"] = Feature.Of(1L), ["words"] = Feature.Of("a", "b") }</c>.
/// </summary>
public sealed class Example
{
    /// <summary>The features by name.</summary>
    public IDictionary<string, Feature> Features { get; } = new SortedDictionary<string, Feature>(StringComparer.Ordinal);

    /// <summary>A feature by name.</summary>
    /// <exception cref="KeyNotFoundException">Read, and there is none.</exception>
    public Feature this[string name]
    {
        get => Features[name];
        set => Features[name] = value;
    }

    /// <summary>Reads a serialized message.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for what is none.</exception>
    public static Example Parse(ReadOnlySpan<byte> serialized)
    {
        var example = new Example();
        FeatureMaps.Read(FeatureMaps.Parse(Protos.Example.Parser, serialized).Features, example.Features);
        return example;
    }

    /// <summary>The serialized message, features in the order of their names.</summary>
    public byte[] ToBytes() => new Protos.Example { Features = FeatureMaps.Write(Features) }.ToByteArray();
}
