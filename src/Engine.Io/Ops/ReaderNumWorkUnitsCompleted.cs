using Engine.Io.Readers;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>How many files a reader has finished.</summary>
[Op("ReaderNumWorkUnitsCompletedV2", "ReaderNumWorkUnitsCompleted")]
internal sealed class ReaderNumWorkUnitsCompleted : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context => context.MoveOutput(0, Tensor.Scalar(context.Resource<WorkReader>(0).WorkUnitsCompleted())));
}
