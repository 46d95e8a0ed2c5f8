using Engine.Io.Protos;
using Engine.Io.Tensors;
using Google.Protobuf;

namespace Engine.Io.Ops;

/// <summary>Summary messages as ops have them.</summary>
internal static class SummaryMessages
{
    /// <summary>Parses a message.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for what is none.</exception>
    internal static Summary Parse(byte[] serialized, string what)
    {
        try
        {
            return Summary.Parser.ParseFrom(serialized);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new EngineException(StatusCode.InvalidArgument, $"Could not parse {what}", e);
        }
    }

    /// <summary>A message with a tensor and what says how to show it.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for metadata that are none.</exception>
    internal static Summary OfTensor(byte[] tag, Tensor tensor, byte[] metadata)
    {
        var summary = new Summary();
        try
        {
            summary.Value.Add(new Summary.Types.Value
            {
                Tag = ByteString.CopyFrom(tag),
                Tensor = TensorEncoder.Encode(tensor, raw: true),
                Metadata = SummaryMetadata.Parser.ParseFrom(metadata),
            });
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new EngineException(StatusCode.InvalidArgument, "Could not parse the summary metadata", e);
        }
        return summary;
    }
}
