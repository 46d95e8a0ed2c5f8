using Engine.Io.Readers;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>How many records a reader has given.</summary>
[Op("ReaderNumRecordsProducedV2", "ReaderNumRecordsProduced")]
internal sealed class ReaderNumRecordsProduced : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context => context.MoveOutput(0, Tensor.Scalar(context.Resource<WorkReader>(0).RecordsProduced())));
}
