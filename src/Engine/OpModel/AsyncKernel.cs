using Engine.Runtime;

namespace Engine.OpModel;

/// <summary>
/// A kernel that may wait: for an element of a queue, for another kernel of the same run. A plan that has one runs by readiness. It ends early when the
/// context's cancellation token fires.
/// </summary>
public abstract class AsyncKernel : Kernel
{
    /// <summary>Computes the outputs; the task completes when they are set.</summary>
    public abstract ValueTask ComputeAsync(KernelContext context);

    /// <summary>Runs to the end on the calling thread.</summary>
    public sealed override void Compute(KernelContext context)
    {
        var task = ComputeAsync(context);
        if (!task.IsCompletedSuccessfully)
            task.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>A kernel of one delegate.</summary>
    public static AsyncKernel From(Func<KernelContext, ValueTask> compute) => new DelegateKernel(compute);

    private sealed class DelegateKernel(Func<KernelContext, ValueTask> compute) : AsyncKernel
    {
        public override ValueTask ComputeAsync(KernelContext context) => compute(context);
    }
}
