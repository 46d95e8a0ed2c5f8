using Engine.Ops.Arrays;

namespace Engine.Ops.State;

/// <summary>Index tuples of scatter and gather: the innermost dimension of the indices names places in a tensor's first dimensions.</summary>
internal static class IndexTuples
{
    /// <summary>Where each tuple's slice begins, in elements.</summary>
    /// <param name="shape">Shape of the tensor that is indexed.</param>
    /// <param name="indices">The tuples.</param>
    /// <param name="updates">Shape of the updates, checked against the indices; null to gather.</param>
    /// <param name="slice">Elements per slice.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT for shapes that do not fit and indices out of range.</exception>
    internal static long[] Resolve(Shape shape, Tensor indices, Shape? updates, out int slice)
    {
        if (shape.Rank < 1)
            throw EngineException.InvalidArgument($"Output must be at least 1-D, got shape: {shape}");
        if (indices.Rank < 1)
            throw EngineException.InvalidArgument($"Indices shape must have rank at least one. Found: {indices.Shape}");
        if (updates is { Rank: < 1 })
            throw EngineException.InvalidArgument($"Updates shape must have rank at least one. Found: {updates}");
        var depth = indices.Shape[-1];
        if (depth > shape.Rank || (updates is not null && depth < 1))
            throw EngineException.InvalidArgument($"The last dimension of the indices must be between 1 and {shape.Rank}, but it is {depth}");
        var outer = indices.Shape.Slice(0, indices.Rank - 1);
        var inner = shape.Slice((int)depth);
        if (updates is not null && updates != outer.Concat(inner))
        {
            throw EngineException.InvalidArgument(
                $"Shapes of indices {indices.Shape}, updates {updates} and tensor {shape} do not fit: the updates must be of shape {outer.Concat(inner)}");
        }
        if (shape.Count == 0 && outer.Count > 0 && indices.Count > 0)
            throw EngineException.InvalidArgument($"Indices and updates specified for empty tensor of shape {shape}");
        slice = checked((int)inner.Count);
        var values = IndexTensor.Read(indices);
        var strides = shape.Strides();
        var places = new long[outer.Count];
        for (var i = 0; i < places.Length; i++)
        {
            for (var d = 0; d < depth; d++)
            {
                var index = values[i * depth + d];
                if ((ulong)index >= (ulong)shape[d])
                    throw EngineException.InvalidArgument($"indices[{i}] = [{string.Join(", ", values.Skip((int)(i * depth)).Take((int)depth))}] does not index into shape {shape}");
                places[i] += index * strides[d];
            }
        }
        return places;
    }
}
