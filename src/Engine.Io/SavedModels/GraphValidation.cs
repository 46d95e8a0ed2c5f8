namespace Engine.Io.SavedModels;

/// <summary>What TensorFlow checks of a graph before it loads a SavedModel: hostile constants and functions that call themselves.</summary>
internal static class GraphValidation
{
    /// <exception cref="EngineException">FAILED_PRECONDITION.</exception>
    internal static void Check(Protos.GraphDef graph)
    {
        foreach (var node in graph.Node)
            Check(node);
        foreach (var function in graph.Library?.Function ?? [])
        {
            foreach (var node in function.NodeDef)
            {
                Check(node);
                if (node.Op == function.Signature?.Name)
                    throw EngineException.FailedPrecondition($"Function {node.Op} is self recursive and TensorFlow does not support this scenario.");
            }
        }
    }

    private static void Check(Protos.NodeDef node)
    {
        node.Attr.TryGetValue("value", out var value);
        if (node.Op == "Const" && value is null)
            throw EngineException.FailedPrecondition($"Saved model contains node \"{node.Name}\" which is a constant tensor but no value has been provided").At(node.Name, node.Op);
        if (value?.Tensor?.TensorShape is { } shape && !IsPossible(shape))
            throw EngineException.FailedPrecondition($"Saved model contains node \"{node.Name}\" which has a shape with negative dimensions or too many elements").At(node.Name, node.Op);
    }

    private static bool IsPossible(Protos.TensorShapeProto shape)
    {
        var count = 1L;
        foreach (var dim in shape.Dim)
        {
            if (dim.Size < 0 || Math.BigMul(count, dim.Size, out count) != 0 || count < 0)
                return false;
        }
        return true;
    }
}
