using Engine.Io.Protos;
using Engine.OpModel;
using Google.Protobuf;

namespace Engine.Io.Ops;

/// <summary>One Summary message of several, which must not share a tag.</summary>
[Op("MergeSummary")]
internal sealed class MergeSummary : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var merged = new Summary();
        var tags = new HashSet<ByteString>();
        for (var i = 0; i < context.InputCount; i++)
        {
            foreach (var serialized in context.Input(i).AsSpan<byte[]>())
            {
                foreach (var value in SummaryMessages.Parse(serialized, "one of the summary inputs").Value)
                {
                    // Values without a tag, as TensorSummary writes them, go by the name of their node.
                    if (!value.Tag.IsEmpty && !tags.Add(value.Tag))
                        throw EngineException.InvalidArgument($"Duplicate tag {value.Tag.ToStringUtf8()} found in summary inputs");
                    merged.Value.Add(value);
                }
            }
        }
        context.MoveOutput(0, Tensor.Scalar(merged.ToByteArray()));
    });
}
