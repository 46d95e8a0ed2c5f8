using Engine.Io.Events;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Google.Protobuf;

namespace Engine.Io.Ops;

/// <summary>Writes a serialized graph to an event file.</summary>
[Op("WriteGraphSummary")]
internal sealed class WriteGraphSummary : IOp
{
    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var graph = StringArguments.Scalar(context, 2, "tensor");
        var step = IndexTensor.Scalar(context.Input(1), "step");
        context.Resource<SummaryWriterResource>(0).Add(new Protos.Event { Step = step, GraphDef = ByteString.CopyFrom(graph) });
    });
}
