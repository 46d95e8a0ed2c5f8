using System.Text.Unicode;
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
            var summary = Summary.Parser.ParseFrom(serialized);
            // Tags are bytes here, because ops write what they are given, but others read them as text.
            return summary.Value.All(v => Utf8.IsValid(v.Tag.Span)) ? summary : throw EngineException.InvalidArgument($"Could not parse {what}: a tag is not UTF-8");
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new EngineException(StatusCode.InvalidArgument, $"Could not parse {what}", e);
        }
    }

    /// <summary>A message with a tensor and what says how to show it.</summary>
    internal static Summary OfTensor(byte[] tag, Tensor tensor, byte[] metadata)
    {
        var summary = new Summary();
        summary.Value.Add(new Summary.Types.Value { Tag = ByteString.CopyFrom(tag), Tensor = TensorEncoder.Encode(tensor, raw: true), Metadata = new() });
        try
        {
            summary.Value[0].Metadata.MergeFrom(metadata);
        }
        catch (InvalidProtocolBufferException)
        {
            // What could be read of damaged metadata counts, as in TensorFlow.
        }
        return summary;
    }
}
