using Engine.Io.Events;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Google.Protobuf;

namespace Engine.Io.Ops;

/// <summary>Writes a number to an event file.</summary>
[Op("WriteScalarSummary")]
internal sealed class WriteScalarSummary : IOp
{
    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (!SummaryValues.Supports(node.Type("T")))
            throw node.NoKernel();
        return Kernel.From(context =>
        {
            var (tag, value) = (StringArguments.Scalar(context, 2, "tag"), context.Input(3));
            if (value.Rank != 0)
                throw EngineException.InvalidArgument($"Input value must be scalar, but had shape: {value.Shape}");
            var summary = new Protos.Summary();
            summary.Value.Add(new Protos.Summary.Types.Value { Tag = ByteString.CopyFrom(tag), SimpleValue = (float)SummaryValues.Read(value, 0) });
            context.Resource<SummaryWriterResource>(0).Add(IndexTensor.Scalar(context.Input(1), "step"), summary);
        });
    }
}
