using Engine.Graphs;
using Engine.Runtime;
using Engine.Variables;

namespace Engine.Io;

/// <summary>The number a checkpoint's name ends in: a number, or a tensor of the graph that is evaluated when saving. Converts from each of them.</summary>
public sealed class GlobalStep
{
    private readonly long number;
    private readonly string? tensor;

    private GlobalStep(long number, string? tensor)
    {
        this.number = number;
        this.tensor = tensor;
    }

    /// <summary>A number.</summary>
    public static implicit operator GlobalStep(long number) => new(number, null);

    /// <summary>An integer tensor of the graph.</summary>
    public static implicit operator GlobalStep(Value tensor) => new(0, tensor.Name);

    /// <summary>A variable.</summary>
    public static implicit operator GlobalStep(GraphVariable variable) => new(0, variable.Snapshot.Name);

    /// <summary>The name of an integer tensor of the graph.</summary>
    public static implicit operator GlobalStep(string tensor) => new(0, tensor);

    internal long Evaluate(Session session)
    {
        if (tensor is null)
            return number;
        var name = session.Graph.ValueByName(tensor) is { Type: DType.Resource } handle ? session.Graph.Collections.Get<GraphVariable>(GraphKeys.GlobalVariables)
            .FirstOrDefault(v => v.Handle == handle)?.Snapshot.Name ?? tensor : tensor;
        using var value = session.Run(name)[0];
        return value.Type switch
        {
            DType.Int64 => value.Item<long>(),
            DType.Int32 => value.Item<int>(),
            _ => throw EngineException.InvalidArgument($"The global step {tensor} must be an integer, but is {value.Type.Name()}."),
        };
    }
}
