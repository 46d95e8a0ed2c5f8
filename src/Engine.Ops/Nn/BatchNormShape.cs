using Engine.Graphs;

namespace Engine.Ops.Nn;

/// <summary>An image batch as batch normalisation sees it: pixels of channels, whatever the layout.</summary>
internal readonly record struct BatchNormShape(long Outer, long Channels, long Inner)
{
    /// <summary>Number of values per channel.</summary>
    internal long Rest => Outer * Inner;

    /// <summary>Which dimension the channels are.</summary>
    internal static int Channel(Node node, int rank)
        => node.Attrs.TryGetValue("data_format", out var format) && format.AsString() is "NCHW" or "NCDHW" ? 1 : rank - 1;

    /// <exception cref="EngineException">INVALID_ARGUMENT for another rank than 4 or 5.</exception>
    internal static BatchNormShape Of(Shape x, Node node)
    {
        if (x.Rank is not (4 or 5))
            throw EngineException.InvalidArgument($"input must be 4 or 5-dimensional {x}");
        var channel = Channel(node, x.Rank);
        return new(x.CountOf(0, channel), x[channel], x.CountOf(channel + 1, x.Rank));
    }

    /// <summary>Refuses a vector that does not have a value per channel.</summary>
    internal void CheckVector(Tensor vector, string name)
    {
        if (vector.Rank != 1)
            throw EngineException.InvalidArgument($"{name} must be 1-dimensional {vector.Shape}");
        if (vector.Count != Channels)
            throw EngineException.InvalidArgument($"{name} must have the same number of elements as the channels of x, got {vector.Count} and {Channels}");
    }
}
