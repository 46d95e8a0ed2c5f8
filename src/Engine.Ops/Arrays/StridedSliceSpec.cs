using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>
/// What a strided slice takes: numpy's <c>x[a:b:c, ..., newaxis, i]</c> as three vectors and five bit masks. An ellipsis bit beats a new-axis bit, which beats
/// a shrink bit. All dimensions may be unknown (-1), for shape functions.
/// </summary>
internal sealed class StridedSliceSpec
{
    private StridedSliceSpec(int rank)
    {
        Begin = new long[rank];
        Stride = new long[rank];
        Length = new long[rank];
        ResultDim = new int[rank];
        Array.Fill(ResultDim, -1);
    }

    /// <summary>First index per dimension of the input.</summary>
    internal long[] Begin { get; }

    /// <summary>Step per dimension of the input.</summary>
    internal long[] Stride { get; }

    /// <summary>Number of indices per dimension of the input; -1 when it cannot be known.</summary>
    internal long[] Length { get; }

    /// <summary>Which dimension of the result each dimension of the input becomes; -1 for a shrunk one.</summary>
    internal int[] ResultDim { get; }

    /// <summary>Dimensions of the result: without the shrunk, with the new ones.</summary>
    internal long[] ResultDims { get; private set; } = [];

    /// <summary>The masks of a node.</summary>
    internal readonly record struct Masks(long Begin, long End, long Ellipsis, long NewAxis, long Shrink)
    {
        internal static Masks Of(Graphs.Node node) => new(
            node.Attr("begin_mask").AsInt(), node.Attr("end_mask").AsInt(), node.Attr("ellipsis_mask").AsInt(),
            node.Attr("new_axis_mask").AsInt(), node.Attr("shrink_axis_mask").AsInt());
    }

    /// <summary>Reads the three vectors against the input's dimensions.</summary>
    /// <param name="dims">Dimensions of the input, -1 for unknown.</param>
    /// <param name="begin">First indices.</param>
    /// <param name="end">Indices after the last.</param>
    /// <param name="strides">Steps.</param>
    /// <param name="masks">The masks.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT for vectors that do not fit, a step of 0, or a shrunk index out of bounds.</exception>
    internal static StridedSliceSpec Resolve(ReadOnlySpan<long> dims, Tensor begin, Tensor end, Tensor strides, Masks masks)
    {
        if (begin.Rank != 1 || end.Rank != 1 || strides.Rank != 1 || begin.Count != end.Count || begin.Count != strides.Count || begin.Count >= 32)
            throw EngineException.InvalidArgument($"Expected begin, end, and strides to be 1D equal size tensors of fewer than 32 elements, but got shapes {begin.Shape}, {end.Shape}, and {strides.Shape} instead.");
        return Resolve(dims, IndexTensor.Read(begin), IndexTensor.Read(end), IndexTensor.Read(strides), masks);
    }

    /// <summary>Where the slice begins in a tensor of this shape, and its step per dimension, in elements.</summary>
    internal (long Start, long[] Strides) Walk(Shape shape)
    {
        var strides = shape.Strides();
        var start = 0L;
        for (var d = 0; d < strides.Length; d++)
        {
            start += Begin[d] * strides[d];
            // A step past the end of a dimension is never taken: at length 1 any step will do.
            strides[d] *= Length[d] > 1 ? Stride[d] : 1;
        }
        return (start, strides);
    }

    private static StridedSliceSpec Resolve(ReadOnlySpan<long> dims, long[] begin, long[] end, long[] strides, Masks masks)
    {
        var spec = new StridedSliceSpec(dims.Length);
        var count = begin.Length;
        var ellipsis = -1;
        var newAxes = 0;
        for (var i = 0; i < count; i++)
        {
            if (Bit(masks.Ellipsis, i))
                ellipsis = ellipsis < 0 ? i : throw EngineException.InvalidArgument("Multiple ellipses in slice spec not allowed");
            else if (Bit(masks.NewAxis, i))
                newAxes++;
        }
        var result = new List<long>(dims.Length + newAxes);
        var used = count - newAxes - (ellipsis >= 0 ? 1 : 0);
        if (used > dims.Length)
            throw EngineException.InvalidArgument($"Index out of range using input dim {dims.Length}; input has only {dims.Length} dims");
        var dim = 0;
        for (var i = 0; i < count; i++)
        {
            if (i == ellipsis)
                dim = spec.TakeAll(dims, dim, dim + dims.Length - used, result);
            else if (Bit(masks.NewAxis, i))
                result.Add(1);
            else
                spec.Take(dims[dim], dim++, i, begin[i], end[i], strides[i], masks, result);
        }
        // Without an ellipsis, the dimensions after the last one named are taken whole.
        spec.TakeAll(dims, dim, dims.Length, result);
        spec.ResultDims = [.. result];
        return spec;
    }

    private int TakeAll(ReadOnlySpan<long> dims, int from, int to, List<long> result)
    {
        for (var d = from; d < to; d++)
        {
            Stride[d] = 1;
            Length[d] = dims[d];
            ResultDim[d] = result.Count;
            result.Add(dims[d]);
        }
        return to;
    }

    private void Take(long dim, int d, int i, long begin, long end, long stride, Masks masks, List<long> result)
    {
        if (stride == 0)
            throw EngineException.InvalidArgument($"strides[{i}] must be non-zero");
        Stride[d] = stride;
        if (Bit(masks.Shrink, i))
        {
            if (stride < 0)
                throw EngineException.InvalidArgument("only stride 1 allowed on non-range indexing.");
            Length[d] = 1;
            Stride[d] = 1;
            if (dim < 0)
                return;
            Begin[d] = begin < 0 ? begin + dim : begin;
            if (Begin[d] < 0 || Begin[d] >= dim)
                throw EngineException.InvalidArgument($"slice index {begin} of dimension {d} out of bounds.");
            return;
        }
        ResultDim[d] = result.Count;
        var fromStart = Bit(masks.Begin, i);
        var toEnd = Bit(masks.End, i);
        if (dim < 0)
        {
            // Two bounds of one sign tell the length only if the dimension is as long as they say: TensorFlow leaves it open, and so do we.
            Length[d] = -1;
            result.Add(-1);
            return;
        }
        var (low, high) = stride > 0 ? (0L, dim) : (-1L, dim - 1);
        var first = fromStart ? (stride > 0 ? low : high) : Clamp(begin, dim, low, high);
        var last = toEnd ? (stride > 0 ? high : low) : Clamp(end, dim, low, high);
        // Bounds are between -1 and the dimension, so that their difference does not wrap; what is rounded up is a number of steps, not the sum.
        var span = last - first;
        var length = span == 0 || span < 0 != stride < 0 ? 0 : (span - Math.Sign(stride)) / stride + 1;
        Begin[d] = first;
        Length[d] = length;
        result.Add(length);
    }

    private static long Clamp(long index, long dim, long low, long high)
        // An index so negative that adding the dimension would wrap cannot occur: dim is not negative.
        => Math.Clamp(index < 0 ? index + dim : index, low, high);

    private static bool Bit(long mask, int i) => ((mask >> i) & 1) != 0;
}
