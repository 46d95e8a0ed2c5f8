using System.Numerics;

namespace Engine.Ops.Optimizers;

/// <summary>How an optimizer changes its variables by a dense gradient. The first input is the variable, then come its slots, then numbers and the gradient.</summary>
internal interface IDenseRule
{
    /// <summary>How many of the inputs are variables: the one that is trained and its slots.</summary>
    static abstract int Variables { get; }

    /// <summary>Which input is the gradient; all others after the variables are scalars.</summary>
    static abstract int Gradient { get; }

    /// <summary>Makes one step.</summary>
    /// <param name="variables">The variables' values, to be changed.</param>
    /// <param name="scalars">The numbers, in the order of the inputs.</param>
    /// <param name="gradient">The gradient.</param>
    /// <param name="useNesterov">The attribute <c>use_nesterov</c>, where there is one.</param>
    static abstract void Apply<T>(Tensor[] variables, ReadOnlySpan<T> scalars, ReadOnlySpan<T> gradient, bool useNesterov) where T : unmanaged, INumberBase<T>;
}
