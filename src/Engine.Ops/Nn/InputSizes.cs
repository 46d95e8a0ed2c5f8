using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>The shape that a convolution's input gradient is to have, from the tensor that says it.</summary>
internal static class InputSizes
{
    /// <summary>All sizes, or, of images, the spatial ones alone: batch and channels then follow from the gradient and the filter.</summary>
    public static Shape Read(WindowAttributes attributes, Tensor sizes, Shape filter, Shape gradient, bool depthwise = false)
    {
        Shape given = SizeInput.ReadShape(sizes, "input_sizes");
        if (given.Rank == attributes.Rank)
            return given;
        if (given.Rank != attributes.SpatialRank || attributes.SpatialRank != 2 || depthwise || filter.Rank != attributes.Rank)
            throw EngineException.InvalidArgument($"input_sizes must have {attributes.Rank} elements, not {given.Rank}");
        return attributes.Images(gradient[0], given.Dims, filter[-2]);
    }
}
