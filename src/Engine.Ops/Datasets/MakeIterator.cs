using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>Starts an iterator on a dataset.</summary>
[Op("MakeIterator")]
internal sealed class MakeIterator : IOp
{
    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context => context.Resource<IteratorResource>(1).Start(Dataset.Of(context.Input(0))));
}
