using Engine.Graphs;
using Engine.Runtime;

namespace Engine.OpModel;

/// <summary>
/// An op: what its file says about it. Arguments, attributes and defaults are not repeated here; they come from the op definitions. A type with
/// <see cref="OpAttribute"/> that implements this is registered at compile time.
/// </summary>
public interface IOp
{
    /// <summary>Says what the inputs tell about the outputs' shapes; throws INVALID_ARGUMENT when they contradict each other. Outputs not set are unknown.</summary>
    static virtual void InferShapes(InferenceContext c)
    {
    }

    /// <summary>Makes the kernel for a node, once per plan: attributes are read, the dtype is chosen, functions are resolved here.</summary>
    static abstract Kernel CreateKernel(KernelBuilder node);

    /// <summary>Gradients of the inputs from those of the outputs, one per input; null where none flows. Not declared: the op has no gradient.</summary>
    static virtual Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    /// <summary>Puts a cheaper node that computes the same in the place of a plan's node; false when the rule does not apply.</summary>
    static virtual bool Simplify(RewriteContext c) => false;

    /// <summary>Makes one node of this one and what computes its inputs; false when the rule does not apply. Comes after all simplifying.</summary>
    static virtual bool Fuse(RewriteContext c) => false;

    /// <summary>Joins an element-wise node with those that compute its inputs; false when the rule does not apply. Comes after all fusing, which looks for nodes as they are.</summary>
    static virtual bool Chain(RewriteContext c) => false;

    /// <summary>
    /// Whether a plan's node acts on each row alone (a row is what one index of the first dimension selects): row i of its outputs is computed from the same numbers
    /// whether it comes with other rows or not. All inputs that are not constants have the same number of rows then, and the outputs have as many.
    /// </summary>
    static virtual bool ActsOnRows(RewriteContext c) => false;

    /// <summary>
    /// Runs the op's inner loops on next to nothing, so that they are compiled: called ahead, on a thread of its own, while a model that has the op is loaded.
    /// For loops that take long to compile.
    /// </summary>
    static virtual void Prepare()
    {
    }
}
