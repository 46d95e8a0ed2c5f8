using Engine.Io.Tensors;
using Engine.OpModel;
using Google.Protobuf;

namespace Engine.Io.Ops;

/// <summary>A tensor as a serialized <c>TensorProto</c>.</summary>
[Op("SerializeTensor")]
internal sealed class SerializeTensor : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
        context.MoveOutput(0, Tensor.Scalar(TensorEncoder.Encode(context.Input(0), raw: true).ToByteArray())));
}
