using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Passes;

/// <summary>
/// Infers shapes along the edges of a plan, where functions are inlined and constants folded: more is known there than in the graph. Only what a node's own graph
/// does not tell is kept beside it, since functions' nodes belong to many plans.
/// </summary>
internal static class InferShapes
{
    internal static void Run(PlanGraph plan)
    {
        foreach (var node in Planner.Order(plan.Nodes) ?? [])
            Infer(node);
    }

    /// <summary>The shapes of one node from those that its inputs have now.</summary>
    internal static void Infer(PlanNode node)
    {
        if (node.Feed >= 0 || node.Constants is not null || node.Node.Signature is null || node.Node.Graph.Registry.Find(node.Op) is not { } op)
            return;
        var inputs = Array.ConvertAll(node.Inputs, Shape);
        var context = new InferenceContext(node.Node, inputs, i => node.Inputs[i].Node.Constants?[node.Inputs[i].Index]) { Makers = i => node.Inputs[i].Node.Node };
        try
        {
            op.InferShapes(context);
        }
        catch (Exception e) when (e is EngineException or IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            // What is wrong shows when it runs.
            return;
        }
        for (var i = 0; i < context.Outputs.Length; i++)
        {
            if (!context.Outputs[i].HasRank)
                context.Outputs[i] = node.Node.OutputShape(i);
            // What was known stays known, where another node has come in the place of one.
            if (node.Shapes is { } before && i < before.Length && before[i].IsCompatibleWith(context.Outputs[i]))
                context.Outputs[i] = before[i].Merge(context.Outputs[i]);
        }
        node.Shapes = context.Outputs;
    }

    /// <summary>What is known of the shape of a value.</summary>
    internal static PartialShape Shape(PlanValue value) => value.Node.Constants?[value.Index] is { } constant ? constant.Shape
        : value.Node.Shapes is { } shapes ? shapes[value.Index]
        : value.Node.Feed >= 0 ? PartialShape.Unknown : value.Node.Node.OutputShape(value.Index);
}
