namespace Engine.Io.Checkpoints;

/// <summary>Puts a part of a tensor together from the parts that are stored.</summary>
internal static class SliceAssembly
{
    // Far more than partitioning makes; a damaged file may not take hours to refuse.
    private const long MaxComparisons = 100_000_000;

    /// <summary>Checks that stored parts lie in the shape and do not overlap.</summary>
    /// <exception cref="InvalidModelException">INTERNAL for another rank or a part beyond the shape, NOT_FOUND before it, DATA_LOSS for impossible lengths and overlaps.</exception>
    internal static void Check(IReadOnlyList<TensorSlice> parts, Shape shape, string name, string file)
    {
        foreach (var part in parts)
        {
            for (var i = 0; i < part.Rank; i++)
            {
                if (part.Length(i) < TensorSlice.Whole)
                    throw new InvalidModelException(StatusCode.DataLoss, file, $"slice {part} of '{name}' has a negative length.");
                if (part.Start(i) < 0)
                    throw new InvalidModelException(StatusCode.NotFound, file, $"slice {part} of '{name}' starts before the tensor: there is no such part.");
            }
            try
            {
                part.Of(shape);
            }
            catch (EngineException e)
            {
                throw new InvalidModelException(e.Code, file, $"'{name}': {e.Message}", inner: e);
            }
        }
        CheckOverlaps(parts, shape, name, file);
    }

    /// <summary>As <see cref="Check"/>, and that the parts are all of the tensor.</summary>
    /// <exception cref="InvalidModelException">INVALID_ARGUMENT when some of it is missing.</exception>
    internal static void CheckAll(IReadOnlyList<TensorSlice> parts, Shape shape, string name, string file)
    {
        Check(parts, shape, name, file);
        if (parts.Sum(p => (decimal)p.Of(shape).Count) != shape.Count)
            throw new InvalidModelException(StatusCode.InvalidArgument, file, $"the slices of '{name}' are not all of {shape}.");
    }

    /// <summary>The part <paramref name="wanted"/> of a tensor.</summary>
    /// <param name="type">Element type.</param>
    /// <param name="shape">Shape of the whole tensor.</param>
    /// <param name="wanted">The part, inside the shape.</param>
    /// <param name="parts">The parts stored, which do not overlap.</param>
    /// <param name="read">Reads a stored part; its shape must have as many elements as the part, but may be another.</param>
    /// <param name="name">For errors.</param>
    /// <param name="limit">Asked for how many elements the files may hold, when memory for several parts is about to be taken.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT when the stored parts do not cover the wanted one, OUT_OF_RANGE when the files are too short.</exception>
    internal static Tensor Read(DType type, Shape shape, TensorSlice wanted, IReadOnlyList<TensorSlice> parts, Func<TensorSlice, Tensor> read, string name, Func<long> limit)
    {
        var target = wanted.Of(shape);
        foreach (var part in parts)
        {
            if (!part.Equals(wanted))
                continue;
            var whole = read(part);
            if (whole.Shape == target)
                return whole;
            using (whole)
                return whole.Reshape(target);
        }
        var shared = parts.Select(p => (Part: p, Common: p.Intersect(wanted, shape))).Where(p => p.Common is not null).ToArray();
        if (shared.Sum(p => (decimal)p.Common!.Value.Shape.Count) != target.Count)
            throw EngineException.InvalidArgument($"Does not have sufficient slices for partitioned tensor {name} to restore in slice spec {wanted}.");
        if (target.Count > limit())
            throw EngineException.OutOfRange($"The files end before the {target.Count} elements of {name}.");
        var result = Tensor.Allocate(type, target);
        try
        {
            foreach (var (part, common) in shared)
            {
                using var source = read(part);
                Copy(source, part.Of(shape), part, result, wanted, common!.Value.Starts, common.Value.Shape);
            }
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    // Sorted by a dimension, a part can only overlap those that start before it ends there.
    private static void CheckOverlaps(IReadOnlyList<TensorSlice> parts, Shape shape, string name, string file)
    {
        if (parts.Count < 2)
            return;
        var by = 0;
        var most = 0;
        for (var i = 0; i < shape.Rank; i++)
        {
            var starts = parts.Select(p => p.Start(i)).Distinct().Count();
            if (starts > most)
                (by, most) = (i, starts);
        }
        var sorted = parts.OrderBy(p => p.Rank == 0 ? 0 : p.Start(by)).ToArray();
        var comparisons = 0L;
        for (var i = 0; i < sorted.Length; i++)
        {
            for (var j = i + 1; j < sorted.Length && (shape.Rank == 0 || sorted[i].Length(by) == TensorSlice.Whole || sorted[j].Start(by) < sorted[i].Start(by) + sorted[i].Length(by)); j++)
            {
                if (sorted[i].Overlaps(sorted[j], shape))
                    throw new InvalidModelException(StatusCode.DataLoss, file, $"overlapping slices of '{name}': {sorted[i]} and {sorted[j]}.");
                if (++comparisons > MaxComparisons)
                    throw new InvalidModelException(StatusCode.DataLoss, file, $"the {parts.Count} slices of '{name}' lie too much across each other to be one tensor.");
            }
        }
    }

    private static void Copy(Tensor source, Shape sourceShape, TensorSlice sourceSlice, Tensor target, TensorSlice targetSlice, long[] starts, Shape common)
    {
        if (common.Count == 0)
            return;
        // The dimensions from here on are contiguous in both.
        var inner = common.Rank;
        var run = 1L;
        while (inner > 0 && (inner == common.Rank || (common[inner] == sourceShape[inner] && common[inner] == target.Shape[inner])))
            run *= common[--inner];
        var sourceStrides = sourceShape.Strides();
        var targetStrides = target.Shape.Strides();
        var index = new long[inner];
        do
        {
            var (from, to) = (0L, 0L);
            for (var i = 0; i < common.Rank; i++)
            {
                var at = starts[i] + (i < inner ? index[i] : 0);
                from += (at - sourceSlice.Start(i)) * sourceStrides[i];
                to += (at - targetSlice.Start(i)) * targetStrides[i];
            }
            CopyRun(source, from, target, to, run);
        }
        while (Advance(index, common));
    }

    private static unsafe void CopyRun(Tensor source, long from, Tensor target, long to, long count)
    {
        if (source.Type.IsObject())
        {
            source.AsSpan<byte[]>().Slice((int)from, (int)count).CopyTo(target.AsSpan<byte[]>()[(int)to..]);
            return;
        }
        var size = source.Type.Size();
        Buffer.MemoryCopy(source.Pointer<byte>() + from * size, target.Pointer<byte>() + to * size, (target.Count - to) * size, count * size);
    }

    private static bool Advance(long[] index, Shape shape)
    {
        for (var i = index.Length - 1; i >= 0; i--)
        {
            if (++index[i] < shape[i])
                return true;
            index[i] = 0;
        }
        return false;
    }
}
