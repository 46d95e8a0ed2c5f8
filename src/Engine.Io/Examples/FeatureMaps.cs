using Google.Protobuf;

namespace Engine.Io.Examples;

/// <summary>Named features on their way in and out of messages.</summary>
internal static class FeatureMaps
{
    internal static T Parse<T>(MessageParser<T> parser, ReadOnlySpan<byte> serialized) where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(serialized);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new EngineException(StatusCode.InvalidArgument, $"This is no serialized {typeof(T).Name}: {e.Message}", e);
        }
    }

    internal static void Read(Protos.Features? features, IDictionary<string, Feature> map)
    {
        foreach (var (name, feature) in features?.Feature ?? [])
            map[name] = Feature.FromProto(feature);
    }

    internal static Protos.Features Write(IDictionary<string, Feature> map)
    {
        var features = new Protos.Features();
        foreach (var (name, feature) in map)
            features.Feature[name] = feature.ToProto();
        return features;
    }
}
