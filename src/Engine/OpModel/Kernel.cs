using Engine.Runtime;

namespace Engine.OpModel;

/// <summary>
/// What runs a node: made once per node and plan, called by many threads at once, so it keeps no state between calls (state lives in resources).
/// It makes outputs by allocating or forwarding through the context alone, and never assumes that memory is aligned.
/// </summary>
public abstract class Kernel
{
    /// <summary>Whether equal inputs give equal outputs at any time, so that a node whose inputs are constants is computed once, when the plan is made. Not so for what reads files.</summary>
    public virtual bool IsRepeatable => true;

    /// <summary>
    /// Whether the kernel may be busy for long on one thread, and does nothing but compute its outputs from its inputs. Several such kernels that need nothing of each
    /// other run side by side where that is faster.
    /// </summary>
    public virtual bool IsSequential => false;

    /// <summary>Computes the outputs from the inputs.</summary>
    public abstract void Compute(KernelContext context);

    /// <summary>A kernel of one delegate, for ops whose call does not count in nanoseconds.</summary>
    /// <param name="compute">Computes the outputs.</param>
    /// <param name="isSequential">What <see cref="IsSequential"/> says.</param>
    public static Kernel From(Action<KernelContext> compute, bool isSequential = false) => new DelegateKernel(compute, isSequential);

    private sealed class DelegateKernel(Action<KernelContext> compute, bool isSequential) : Kernel
    {
        public override bool IsSequential => isSequential;

        public override void Compute(KernelContext context) => compute(context);
    }
}
