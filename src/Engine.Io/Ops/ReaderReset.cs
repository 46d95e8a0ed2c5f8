using Engine.Io.Readers;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>Takes a reader back to its beginning.</summary>
[Op("ReaderResetV2", "ReaderReset")]
internal sealed class ReaderReset : IOp
{
    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context => context.Resource<WorkReader>(0).Reset());
}
