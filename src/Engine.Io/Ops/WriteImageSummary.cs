using Engine.Io.Events;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Io.Ops;

/// <summary>Writes the pictures of a batch to an event file.</summary>
[Op("WriteImageSummary")]
internal sealed class WriteImageSummary : IOp
{
    public static Kernel CreateKernel(KernelBuilder node)
    {
        var limit = node.Int("max_images");
        ImageSummary.CheckType(node);
        if (limit < 1)
            throw node.Fail("max_images must be positive");
        return Kernel.From(context =>
        {
            var (tag, color) = (StringArguments.Scalar(context, 2, "tag"), context.Input(4));
            if (color.Rank != 1)
                throw EngineException.InvalidArgument($"bad_color must be a vector, got shape {color.Shape}");
            var summary = ImageSummary.Summarize(context.Input(3), tag, limit, color.ToArray<byte>());
            context.Resource<SummaryWriterResource>(0).Add(IndexTensor.Scalar(context.Input(1), "step"), summary);
        });
    }
}
