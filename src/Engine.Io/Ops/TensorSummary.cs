using Engine.Io.Protos;
using Engine.Io.Tensors;
using Engine.OpModel;
using Google.Protobuf;

namespace Engine.Io.Ops;

/// <summary>A Summary message with a whole tensor, under the name of the node.</summary>
[Op("TensorSummary")]
internal sealed class TensorSummary : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var name = node.Node.Name;
        return Kernel.From(context =>
        {
            var summary = new Summary();
            summary.Value.Add(new Summary.Types.Value { NodeName = name, Tensor = TensorEncoder.Encode(context.Input(0), raw: true) });
            context.MoveOutput(0, Tensor.Scalar(summary.ToByteArray()));
        });
    }
}
