namespace Engine.Io.Checkpoints;

/// <summary>Puts a part of a tensor together from the parts that are stored.</summary>
internal static class SliceAssembly
{
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
        // Sorted by the first dimension, a part can only overlap those that start before it ends there.
        var sorted = parts.OrderBy(p => p.Rank == 0 ? 0 : p.Start(0)).ToArray();
        for (var i = 0; i < sorted.Length; i++)
        {
            for (var j = i + 1; j < sorted.Length && (shape.Rank == 0 || sorted[i].Length(0) == TensorSlice.Whole || sorted[j].Start(0) < sorted[i].Start(0) + sorted[i].Length(0)); j++)
            {
                if (sorted[i].Intersect(sorted[j], shape) is not null)
                    throw new InvalidModelException(StatusCode.DataLoss, file, $"overlapping slices of '{name}': {sorted[i]} and {sorted[j]}.");
            }
        }
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
    /// <exception cref="EngineException">INVALID_ARGUMENT when the stored parts do not cover the wanted one.</exception>
    internal static Tensor Read(DType type, Shape shape, TensorSlice wanted, IReadOnlyList<TensorSlice> parts, Func<TensorSlice, Tensor> read, string name)
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
