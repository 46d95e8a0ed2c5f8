using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Elementwise;

/// <summary>A comparison that has a scalar answer where the shapes do not go together.</summary>
internal sealed class UnlessIncompatible(Kernel comparison, bool answer) : Kernel
{
    public override void Compute(KernelContext context)
    {
        if (Broadcasting.AreCompatible(context.Input(0).Shape, context.Input(1).Shape))
            comparison.Compute(context);
        else
            context.Allocate(0, Shape.Scalar).Start<bool>() = answer;
    }
}
