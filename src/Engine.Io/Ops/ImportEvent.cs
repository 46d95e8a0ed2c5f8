using Engine.Io.Events;
using Engine.OpModel;
using Google.Protobuf;

namespace Engine.Io.Ops;

/// <summary>Writes a serialized Event message to an event file.</summary>
[Op("ImportEvent")]
internal sealed class ImportEvent : IOp
{
    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var serialized = StringArguments.Scalar(context, 1, "event");
        try
        {
            context.Resource<SummaryWriterResource>(0).AddAsIs(Protos.Event.Parser.ParseFrom(serialized));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new EngineException(StatusCode.DataLoss, "Bad tf.Event binary proto tensor string", e);
        }
    });
}
