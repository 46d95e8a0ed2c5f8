using Engine.OpModel;

namespace Engine.Runtime;

/// <summary>Runs a kernel that calls functions which may wait (for a queue, say) on another thread, so that the rest of the run goes on.</summary>
public sealed class BlockingKernel : AsyncKernel
{
    private readonly Kernel inner;

    private BlockingKernel(Kernel inner) => this.inner = inner;

    /// <summary>The kernel itself, or the kernel on another thread when one of the functions it calls may wait.</summary>
    public static Kernel WrapIfNeeded(Kernel kernel, params ReadOnlySpan<FunctionHandle> functions)
    {
        foreach (var f in functions)
        {
            if (f.MayBlock)
                return new BlockingKernel(kernel);
        }
        return kernel;
    }

    /// <summary>The same for a kernel that runs plans.</summary>
    internal static Kernel WrapIfNeeded(Kernel kernel, params ReadOnlySpan<Plan> plans)
    {
        foreach (var p in plans)
        {
            if (p.MayBlock)
                return new BlockingKernel(kernel);
        }
        return kernel;
    }

    /// <inheritdoc/>
    public override ValueTask ComputeAsync(KernelContext context) => new(Task.Run(() => inner.Compute(context)));
}
