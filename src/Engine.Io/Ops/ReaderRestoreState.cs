using Engine.Io.Readers;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>Takes a reader to a state that was saved.</summary>
[Op("ReaderRestoreStateV2", "ReaderRestoreState")]
internal sealed class ReaderRestoreState : IOp
{
    public static void InferShapes(InferenceContext c) => c.Input(1, 0);

    public static Kernel CreateKernel(KernelBuilder node)
        => Kernel.From(context => context.Resource<WorkReader>(0).RestoreState(StringArguments.Scalar(context, 1, "state")));
}
