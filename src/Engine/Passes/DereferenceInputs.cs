using Engine.Runtime;

namespace Engine.Passes;

/// <summary>
/// Where a reference to a TF 1 variable reaches an op that wants the value, a node that reads it is put in between: the value is read when the consumer runs,
/// after the consumer's control inputs.
/// </summary>
internal static class DereferenceInputs
{
    internal const string Op = "_Dereference";

    internal static void Run(PlanGraph graph)
    {
        foreach (var node in graph.Nodes.ToList())
        {
            for (var i = 0; i < node.Inputs.Length && i < node.Node.InputTypes.Count; i++)
            {
                if (IsReference(node.Inputs[i]) && !node.Node.InputTypes[i].IsRef())
                    node.Inputs[i] = Dereference(graph, node.Inputs[i], node);
            }
        }
        for (var i = 0; i < graph.Fetches.Length; i++)
        {
            if (IsReference(graph.Fetches[i]))
                graph.Fetches[i] = Dereference(graph, graph.Fetches[i], null);
        }
    }

    private static bool IsReference(PlanValue value) => value.Index < value.Node.Node.OutputTypes.Count && value.Node.Node.OutputTypes[value.Index].IsRef();

    private static PlanValue Dereference(PlanGraph graph, PlanValue reference, PlanNode? consumer)
    {
        var type = reference.Node.Node.OutputTypes[reference.Index];
        var read = graph.Add(Op, $"{reference.Node.Node.Name}/dereference", [type], [type.Base()], [reference], consumer?.Order ?? int.MaxValue);
        foreach (var control in consumer?.Controls ?? [])
            read.AddControl(control);
        return new PlanValue(read, 0);
    }
}
