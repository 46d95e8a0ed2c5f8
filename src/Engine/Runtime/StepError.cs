namespace Engine.Runtime;

/// <summary>Turns what a kernel throws into an error with the node, its op and its inputs.</summary>
internal static class StepError
{
    internal static EngineException Wrap(Exception error, Step step, Tensor?[] values)
    {
        var inputs = string.Join(", ", step.Inputs.Select(i => values[i] is { } t ? t.Type.Name() + t.Shape : "none"));
        return (error switch
        {
            EngineException e => e,
            OperationCanceledException e => new EngineException(StatusCode.Cancelled, "The run was cancelled.", e),
            OutOfMemoryException e => new EngineException(StatusCode.ResourceExhausted, "Out of memory.", e),
            InsufficientExecutionStackException e => new EngineException(StatusCode.InvalidArgument, "Function calls are nested too deeply.", e),
            _ => new EngineException(StatusCode.Internal, $"The kernel failed: {error.GetType().Name}: {error.Message}", error),
        }).At(step.Node.Name, step.Node.Op, inputs);
    }
}
