using Engine.Io.Readers;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>The state of a reader as a string.</summary>
[Op("ReaderSerializeStateV2", "ReaderSerializeState")]
internal sealed class ReaderSerializeState : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context => context.MoveOutput(0, Tensor.Scalar(context.Resource<WorkReader>(0).SerializeState())));
}
