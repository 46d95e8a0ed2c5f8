using Engine.Io;
using Engine.Io.Protos;
using Engine.Io.Tensors;

namespace Engine.Conformance.Running;

/// <summary>Decodes TensorFlow's messages, which cases hold as bytes.</summary>
internal static class TensorFlowMessages
{
    internal static Engine.Graphs.GraphDef Graph(ReadOnlyMemory<byte> bytes) => GraphFile.Parse(bytes.ToArray());

    internal static Tensor Tensor(ReadOnlyMemory<byte> bytes) => new TensorDecoder().Decode(TensorProto.Parser.ParseFrom(bytes.Span));
}
