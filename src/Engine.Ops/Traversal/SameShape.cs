using System.Diagnostics.CodeAnalysis;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Traversal;

/// <summary>Kernels of two inputs that are not broadcast: gradients, which have the shape of what they are the gradient of.</summary>
internal sealed class SameShape : Kernel
{
    private readonly Kernel kernel;

    private SameShape(Kernel kernel) => this.kernel = kernel;

    public override void Compute(KernelContext context)
    {
        var (x, y) = (context.Input(0).Shape, context.Input(1).Shape);
        if (!x.Equals(y))
            throw EngineException.InvalidArgument($"Inputs must have the same shape, but are {x} and {y}.");
        kernel.Compute(context);
    }

    /// <summary>The kernel behind a check that both inputs have one shape; null for null.</summary>
    [return: NotNullIfNotNull(nameof(inner))]
    internal static Kernel? Kernel(Kernel? inner) => inner is null ? null : new SameShape(inner);
}
