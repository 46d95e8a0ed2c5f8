using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Io.Ops;

/// <summary>A kernel that reads files: what it gives today need not be what it gives tomorrow.</summary>
internal sealed class FileKernel(Action<KernelContext> compute) : Kernel
{
    public override bool IsRepeatable => false;

    public override void Compute(KernelContext context) => compute(context);
}
