using Engine.OpModel;
using Google.Protobuf;

namespace Engine.Io.Ops;

/// <summary>A Summary message with a whole tensor, a tag and what says how to show it.</summary>
[Op("TensorSummaryV2")]
internal sealed class TensorSummaryV2 : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var (tag, metadata) = (StringArguments.Scalar(context, 0, "tag"), StringArguments.Scalar(context, 2, "serialized_summary_metadata"));
        context.MoveOutput(0, Tensor.Scalar(SummaryMessages.OfTensor(tag, context.Input(1), metadata).ToByteArray()));
    });
}
