using Engine.Graphs;
using Engine.Io.Freezing;
using Engine.Io.Graphs;
using Engine.Runtime;

namespace Engine.Io;

/// <summary>Turns models into graphs without variables.</summary>
public static class GraphFreezing
{
    /// <summary>
    /// The part of a session's graph that some nodes need, its variables replaced by constants with the values they have in the session
    /// (<c>convert_variables_to_constants</c>). Functions that take variables are rewritten too.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="outputNodes">Names of the nodes, or of tensors.</param>
    /// <param name="variablesToConvert">The variables to replace; all when null.</param>
    /// <param name="variablesToKeep">Variables that stay.</param>
    /// <returns>The graph, to be written with <see cref="GraphFile"/> or made runnable with <see cref="Graph.FromDef"/>.</returns>
    /// <exception cref="EngineException">NOT_FOUND for an unknown node; FAILED_PRECONDITION for uninitialised variables, and when the outputs depend on a node that writes a variable.</exception>
    public static GraphDef VariablesToConstants(Session session, IReadOnlyList<string> outputNodes, IReadOnlyCollection<string>? variablesToConvert = null,
        IReadOnlyCollection<string>? variablesToKeep = null)
    {
        var def = GraphPruning.Extract(GraphExporter.ToDef(session.Graph), outputNodes);
        var values = new Dictionary<string, Tensor>();
        foreach (var node in def.Nodes)
        {
            if (VariableValues.IsVariable(node.Op) && (variablesToConvert?.Contains(node.Name) ?? true) && !(variablesToKeep?.Contains(node.Name) ?? false))
                values[node.Name] = VariableValues.Read(session, node);
        }
        return GraphPruning.WithUsedFunctions(new FreezingRewriter(session.Graph, values).Rewrite(def));
    }

    /// <summary>The graph that the signatures of a loaded model need, without variables.</summary>
    /// <param name="model">The model.</param>
    /// <param name="signatures">The keys; all signatures when null.</param>
    /// <exception cref="EngineException">As for the other overload; INVALID_ARGUMENT for an unknown signature.</exception>
    public static GraphDef VariablesToConstants(SavedModel model, IReadOnlyList<string>? signatures = null)
    {
        var outputs = new List<string>();
        foreach (var key in signatures ?? [.. model.Signatures.Keys])
        {
            if (!model.Signatures.TryGetValue(key, out var signature))
                throw EngineException.InvalidArgument($"There is no signature '{key}'. There are: {string.Join(", ", model.Signatures.Keys)}");
            outputs.AddRange(signature.Inputs.Values.Concat(signature.Outputs.Values).Select(t => t.Name));
        }
        return VariablesToConstants(model.Session, outputs);
    }
}
