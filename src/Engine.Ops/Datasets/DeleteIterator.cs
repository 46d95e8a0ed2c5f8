using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>Deletes an iterator.</summary>
[Op("DeleteIterator")]
internal sealed class DeleteIterator : IOp
{
    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        if (!context.Session.Resources.Delete(context.Handle(0)))
            throw EngineException.NotFound($"Iterator {context.Handle(0)} does not exist.");
    });
}
