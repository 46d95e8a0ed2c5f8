using Engine.OpModel;

namespace Engine.Ops.State;

/// <summary>Deletes a resource.</summary>
[Op("DestroyResourceOp")]
internal sealed class DestroyResourceOp : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var ignoreMissing = node.Bool("ignore_lookup_error");
        return Kernel.From(context =>
        {
            var handle = context.Handle(0);
            if (!context.Session.Resources.Delete(handle) && !ignoreMissing)
                throw EngineException.NotFound($"Resource {handle} does not exist.");
        });
    }
}
