using Engine.Graphs;
using Engine.Passes;
using Engine.Runtime;

namespace Engine.OpModel;

/// <summary>A value in a plan, as a rewriting rule sees it.</summary>
public readonly struct RewriteValue : IEquatable<RewriteValue>
{
    private readonly RewriteContext context;
    private readonly PlanValue value;

    internal RewriteValue(RewriteContext context, PlanValue value)
    {
        this.context = context;
        this.value = value;
    }

    /// <summary>The op that makes it; "" for what the caller feeds, "Const" for what is known when the plan is made.</summary>
    public string Op => value.Node.Feed >= 0 ? "" : Constant is not null ? "Const" : value.Node.Op;

    /// <summary>The node that makes it: for its attributes. Its inputs may have been rewritten: <see cref="Input"/> has those.</summary>
    public Node Node => value.Node.Node;

    /// <summary>Which output of the node it is.</summary>
    public int Index => value.Index;

    /// <summary>Its value where that is known when the plan is made, else null. Not the caller's to dispose.</summary>
    public Tensor? Constant => value.Node.Constants?[value.Index];

    /// <summary>Its element type.</summary>
    public DType Type => Node.OutputTypes[value.Index].Base();

    /// <summary>What is known of its shape.</summary>
    public PartialShape Shape => InferShapes.Shape(value);

    /// <summary>Whether the rule's node is the only one that uses any output of its node, so that the node's work may move into the rule's node.</summary>
    public bool IsAbsorbable => context.IsAbsorbable(value);

    /// <summary>Number of inputs of the node that makes it.</summary>
    public int InputCount => value.Node.Inputs.Length;

    internal PlanValue Value => value;

    /// <summary>Output <paramref name="index"/> of the node that makes it.</summary>
    public RewriteValue Output(int index) => new(context, new PlanValue(value.Node, index));

    /// <summary>Input <paramref name="index"/> of the node that makes it.</summary>
    public RewriteValue Input(int index) => new(context, value.Node.Inputs[index]);

    /// <summary>Whether both are the same output of the same node.</summary>
    public static bool operator ==(RewriteValue left, RewriteValue right) => left.Equals(right);

    /// <summary>Whether they are different values.</summary>
    public static bool operator !=(RewriteValue left, RewriteValue right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(RewriteValue other) => value == other.value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RewriteValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => value.GetHashCode();
}
