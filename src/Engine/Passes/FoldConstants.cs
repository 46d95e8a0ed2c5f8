using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Passes;

/// <summary>
/// Computes what depends on constants alone, once. What fails here is left to fail when it runs. Whom a folded node waited for, its users wait for; among dead
/// tensors (conditionals that stay unstructured) waiting says who lives, so there only nodes that wait for nobody are folded.
/// </summary>
internal static class FoldConstants
{
    /// <summary>Results larger than this are not kept, unless they are constants of the graph.</summary>
    private const long MaximumBytes = 16 << 20;

    internal static void Run(PlanGraph graph, SessionState session, bool onlyConst)
    {
        var run = new RunContext(session, CancellationToken.None);
        var hasControlFlow = graph.Nodes.Exists(n => ControlFlow.IsControlFlow(n.Op));
        foreach (var node in Planner.Order(graph.Nodes) ?? [])
        {
            if (node.Constants is null)
                WaitForSourcesOfConstants(node);

            // What an inlined call put in place of its arguments counts as stateful, so that nobody merges it.
            if (node.Feed >= 0 || node.Constants is not null || (node.IsStateful && node.Op != "Identity") || (node.Controls.Count > 0 && hasControlFlow) || ControlFlow.IsControlFlow(node.Op)
                || (onlyConst && node.Op != "Const") || node.Node.OutputTypes.Count == 0 || !Array.TrueForAll(node.Inputs, IsConstant))
                continue;
            node.Constants = Evaluate(node, session, run);
        }
        graph.Prune();
    }

    /// <summary>Whether a value is known when the plan is made.</summary>
    internal static bool IsConstant(PlanValue value) => value.Node.Constants is { } c && c[value.Index] is not null;

    private static void WaitForSourcesOfConstants(PlanNode node)
    {
        foreach (var source in node.Inputs.Select(v => v.Node).Concat(node.Controls).Where(n => n.Constants is not null).ToList())
        {
            foreach (var control in source.Controls)
                node.AddControl(control);
        }
    }

    private static Tensor?[]? Evaluate(PlanNode node, SessionState session, RunContext run)
    {
        if (node.Node.Graph.Registry.Find(node.Op) is not { } op || node.Node.OutputTypes.Any(t => t.IsRef() || t == DType.Resource || (t == DType.Variant && node.Op != "Const")))
            return null;
        var inputs = node.Inputs.Length;
        var outputs = node.Node.OutputTypes.Count;
        var values = new Tensor?[inputs + outputs];
        try
        {
            for (var i = 0; i < inputs; i++)
                values[i] = node.Inputs[i].Node.Constants![node.Inputs[i].Index]!.Share();
            var kernel = op.CreateKernel(new KernelBuilder(node.Node, session, i => node.Inputs[i].Node.Constants![node.Inputs[i].Index]));
            if (kernel is AsyncKernel || !kernel.IsRepeatable)
                return null;
            var context = new KernelContext(values, new TensorCache())
            {
                Run = run,
                Step = new Step
                {
                    Node = node.Node,
                    Kernel = kernel,
                    Inputs = [.. Enumerable.Range(0, inputs)],
                    Outputs = [.. Enumerable.Range(inputs, outputs)],
                    OutputTypes = [.. node.Node.OutputTypes],
                    MayForward = new bool[inputs],
                },
            };
            kernel.Compute(context);
            var results = values[inputs..];
            return Array.TrueForAll(results, r => r is not null && (node.Op == "Const" || r.ByteLength <= MaximumBytes || r.Buffer.IsShared)) ? results : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
        finally
        {
            for (var i = 0; i < inputs; i++)
            {
                values[i]?.Unload();
                values[i]?.Dispose();
            }
        }
    }
}
