using Engine.Io.Events;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Io.Ops;

/// <summary>Writes the clips of a batch to an event file.</summary>
[Op("WriteAudioSummary")]
internal sealed class WriteAudioSummary : IOp
{
    public static Kernel CreateKernel(KernelBuilder node)
    {
        var limit = node.Int("max_outputs");
        if (limit < 1)
            throw node.Fail("max_outputs must be positive");
        return Kernel.From(context =>
        {
            var (tag, rate) = (StringArguments.Scalar(context, 2, "tag"), context.Input(4));
            if (rate.Rank != 0)
                throw EngineException.InvalidArgument($"sample_rate must be a scalar, got shape {rate.Shape}");
            var summary = AudioSummary.Summarize(context.Input(3), tag, rate.Item<float>(), limit);
            context.Resource<SummaryWriterResource>(0).Add(IndexTensor.Scalar(context.Input(1), "step"), summary);
        });
    }
}
