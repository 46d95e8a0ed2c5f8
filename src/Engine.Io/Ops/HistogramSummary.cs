using Engine.Graphs;
using Engine.Io.Protos;
using Engine.OpModel;
using Google.Protobuf;

namespace Engine.Io.Ops;

/// <summary>A Summary message with the histogram of a tensor's values.</summary>
[Op("HistogramSummary")]
internal sealed class HistogramSummary : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (!SummaryValues.Supports(node.Type("T")))
            throw node.NoKernel();
        return Kernel.From(context =>
        {
            var (tag, values) = (context.Input(0), context.Input(1));
            if (tag.Rank != 0)
                throw EngineException.InvalidArgument("tags must be scalar");
            context.MoveOutput(0, Tensor.Scalar(Summarize(tag.Item<byte[]>(), values, context.Node.Name).ToByteArray()));
        });
    }

    /// <summary>The message.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for values that are not finite.</exception>
    internal static Summary Summarize(byte[] tag, Tensor values, string name)
    {
        var histogram = new HistogramBuckets();
        for (var i = 0; i < values.Count; i++)
        {
            var v = SummaryValues.Read(values, i);
            if (double.IsNaN(v))
                throw EngineException.InvalidArgument($"Nan in summary histogram for: {name}");
            if (double.IsInfinity(v))
                throw EngineException.InvalidArgument($"Infinity in summary histogram for: {name}");
            histogram.Add(v);
        }
        var summary = new Summary();
        summary.Value.Add(new Summary.Types.Value { Tag = ByteString.CopyFrom(tag), Histo = histogram.ToProto() });
        return summary;
    }
}
