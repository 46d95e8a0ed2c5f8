using Engine.Runtime;

namespace Engine.OpModel;

/// <summary>
/// Condition and body of a loop as a plan has them, simplified but not joined: for those who find out what a loop computes. Arguments are the loop variables, then what
/// stays the same; results are the variables.
/// </summary>
public sealed class LoopInside
{
    private readonly PlanGraph condition;
    private readonly PlanGraph body;
    private readonly RewriteContext conditionView;
    private readonly RewriteContext bodyView;

    internal LoopInside(PlanGraph condition, PlanGraph body)
    {
        this.condition = condition;
        this.body = body;
        conditionView = new RewriteContext(condition);
        bodyView = new RewriteContext(body);
    }

    /// <summary>Number of arguments.</summary>
    public int ArgumentCount => body.Feeds.Length;

    /// <summary>Number of loop variables.</summary>
    public int VariableCount => body.Fetches.Length;

    /// <summary>Whether the loop goes on.</summary>
    public RewriteValue Condition => new(conditionView, condition.Fetches[0]);

    /// <summary>What all nodes of the body make that are not known already; of a node with several outputs the first.</summary>
    public IEnumerable<RewriteValue> Nodes => body.Nodes.Where(n => n.Feed < 0 && n.Constants is null).Select(n => new RewriteValue(bodyView, new PlanValue(n, 0)));

    /// <summary>What becomes of a variable in an iteration.</summary>
    public RewriteValue Result(int variable) => new(bodyView, body.Fetches[variable]);

    /// <summary>Which argument a value is, in condition or body; -1 for none.</summary>
    public static int Argument(RewriteValue value) => value.Value.Node.Feed;
}
