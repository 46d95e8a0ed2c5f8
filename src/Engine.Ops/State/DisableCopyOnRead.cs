using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.State;

/// <summary>Says that a variable need not be copied when it is read, which it never is here.</summary>
[Op("DisableCopyOnRead")]
internal sealed class DisableCopyOnRead : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context => context.Resource<Variable>(0));
}
