using Engine.Graphs;
using Engine.Runtime;

namespace Engine.OpModel;

/// <summary>An op in the registry.</summary>
/// <param name="Name">The op type.</param>
/// <param name="InferShapes">The shape function.</param>
/// <param name="CreateKernel">Makes kernels.</param>
/// <param name="Gradient">The gradient, or null when the op has none.</param>
public sealed record OpImplementation(string Name, Action<InferenceContext> InferShapes, Func<KernelBuilder, Kernel> CreateKernel,
    Func<GradientContext, Gradient?[]>? Gradient)
{
    /// <summary>The definition of an op that TensorFlow does not have, else null.</summary>
    public OpDefinition? Definition { get; init; }

    /// <summary>The rule that puts simpler nodes in place of one, or null.</summary>
    public Func<RewriteContext, bool>? Simplify { get; init; }

    /// <summary>The rule that makes one node of this one and its neighbours, or null.</summary>
    public Func<RewriteContext, bool>? Fuse { get; init; }

    /// <summary>The rule that joins the node with element-wise neighbours when all fusing is done, or null.</summary>
    public Func<RewriteContext, bool>? Chain { get; init; }

    /// <summary>The rule that says of a plan's node whether it acts on each row alone, or null.</summary>
    public Func<RewriteContext, bool>? ActsOnRows { get; init; }

    /// <summary>Compiles the inner loops ahead, or null.</summary>
    public Action? Prepare { get; init; }

    /// <summary>An op with a definition of its own, as a line of <c>ops.txt</c>.</summary>
    public OpImplementation WithDefinition(string line) => this with { Definition = OpDefinitionParser.Parse(line) };
}
