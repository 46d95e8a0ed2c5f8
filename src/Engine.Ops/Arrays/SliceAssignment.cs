using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>Writes a value, broadcast where need be, into the slice of a tensor.</summary>
internal static class SliceAssignment
{
    /// <summary>Whether there is anything to write.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when the value does not fit the slice.</exception>
    internal static bool Check(StridedSliceSpec spec, Tensor value)
    {
        var slice = new Shape(spec.ResultDims);
        if (Broadcasting.Shape(slice, value.Shape) != slice)
            throw EngineException.InvalidArgument($"A value of shape {value.Shape} cannot be assigned to a slice of shape {slice}");
        return slice.Count > 0;
    }

    /// <summary>Writes into <paramref name="target"/>, whose shape the spec was resolved for, a value that was checked.</summary>
    internal static void Write(WorkerTeam workers, Tensor target, StridedSliceSpec spec, Tensor value)
    {
        var (start, strides) = spec.Walk(target.Shape);
        StridedCopy.Run(workers, spec.Length, value, 0, ValueStrides(spec, value.Shape), target, start, strides);
    }

    // The value's strides in the dimensions of the target: 0 where it is repeated or the dimension is a single index.
    private static long[] ValueStrides(StridedSliceSpec spec, Shape value)
    {
        var strides = new long[spec.Length.Length];
        var own = value.Strides();
        for (var d = 0; d < strides.Length; d++)
        {
            var at = spec.ResultDim[d] - (spec.ResultDims.Length - value.Rank);
            if (spec.ResultDim[d] >= 0 && at >= 0 && value[at] != 1)
                strides[d] = own[at];
        }
        return strides;
    }
}
