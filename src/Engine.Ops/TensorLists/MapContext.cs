using Engine.Runtime;

namespace Engine.Ops.TensorLists;

/// <summary>What kernels of map ops do with inputs and outputs.</summary>
internal static class MapContext
{
    /// <summary>The map in a scalar variant input.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when it is something else.</exception>
    internal static TensorMap Map(this KernelContext context)
    {
        var t = context.Input(0);
        return t.Rank == 0 && t.AsSpan<object>()[0] is TensorMap map ? map : throw EngineException.InvalidArgument("Input handle is not a map.");
    }

    /// <summary>The map of input 0 to be changed, as output 0: the map itself if nobody else has it, else a copy.</summary>
    internal static TensorMap WritableMap(this KernelContext context, TensorMap map)
    {
        if (context.IsExclusive(0))
        {
            context.Forward(0, 0);
            return map;
        }
        var copy = map.Copy();
        context.Allocate(0, Shape.Scalar).AsSpan<object>()[0] = copy;
        return copy;
    }
}
