using Engine.Io.Tensors;
using Engine.OpModel;
using Google.Protobuf;

namespace Engine.Io.Ops;

/// <summary>The tensor of a serialized <c>TensorProto</c>.</summary>
[Op("ParseTensor")]
internal sealed class ParseTensor : IOp
{
    public static void InferShapes(InferenceContext c) => c.Input(0, 0);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("out_type");
        return Kernel.From(context =>
        {
            var serialized = StringArguments.Scalar(context, 0, "serialized");
            Protos.TensorProto proto;
            try
            {
                proto = Protos.TensorProto.Parser.ParseFrom(serialized);
            }
            catch (InvalidProtocolBufferException e)
            {
                throw new EngineException(StatusCode.InvalidArgument, $"Could not parse `serialized` as TensorProto: {e.Message}", e);
            }
            var tensor = new TensorDecoder().Decode(proto);
            if (tensor.Type != type)
                throw EngineException.InvalidArgument($"Type mismatch between parsed tensor ({tensor.Type.Name()}) and dtype ({type.Name()})");
            context.MoveOutput(0, tensor);
        });
    }
}
