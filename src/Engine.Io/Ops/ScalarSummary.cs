using Engine.Graphs;
using Engine.Io.Protos;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Google.Protobuf;

namespace Engine.Io.Ops;

/// <summary>A Summary message with a number per tag.</summary>
[Op("ScalarSummary")]
internal sealed class ScalarSummary : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (!SummaryValues.Supports(node.Type("T")))
            throw node.NoKernel();
        return Kernel.From(context =>
        {
            var (tags, values) = (context.Input(0), context.Input(1));
            if (!tags.Shape.Equals(values.Shape))
                throw EngineException.InvalidArgument($"tags and values are not the same shape: {tags.Shape} != {values.Shape}");
            var summary = new Summary();
            for (var i = 0; i < tags.Count; i++)
                summary.Value.Add(new Summary.Types.Value { Tag = ByteString.CopyFrom(tags.AsSpan<byte[]>()[i]), SimpleValue = (float)SummaryValues.Read(values, i) });
            context.MoveOutput(0, Tensor.Scalar(summary.ToByteArray()));
        });
    }
}
