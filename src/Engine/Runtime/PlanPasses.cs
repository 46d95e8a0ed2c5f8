namespace Engine.Runtime;

/// <summary>What improves a plan while it is made. Each can be switched off in <see cref="SessionOptions.DisabledPasses"/>; answers stay the same within rounding.</summary>
public static class PlanPasses
{
    /// <summary>Function calls are replaced by the function's nodes.</summary>
    public const string Inline = "inline";

    /// <summary>Variables that a plan only reads are taken for constants.</summary>
    public const string Freeze = "freeze";

    /// <summary>Constant parts are computed when the plan is made.</summary>
    public const string Fold = "fold";

    /// <summary>Loops and conditionals of TensorFlow 1 (Enter, Switch, Merge, …) become structured ones where they can.</summary>
    public const string Structure = "structure";

    /// <summary>The ops' rules put cheaper nodes in place of others.</summary>
    public const string Simplify = "simplify";

    /// <summary>Equal nodes are computed once.</summary>
    public const string Merge = "merge";

    /// <summary>The ops' rules make one node of several.</summary>
    public const string Fuse = "fuse";

    /// <summary>Chains of element-wise nodes become one loop over tiles that stay in the cache.</summary>
    public const string Chain = "chain";

    /// <summary>Parts that act on each row of a batch alone run for a few rows at a time, so that what flows inside them stays in the cache.</summary>
    public const string Slice = "slice";

    /// <summary>Steps that need nothing of each other, and each keep one thread busy, run side by side.</summary>
    public const string Branches = "branches";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Inline, Freeze, Fold, Structure, Simplify, Merge, Fuse, Chain, Slice, Branches];
}
