using System.Runtime.CompilerServices;
using Engine.Runtime;
using Parallel = Engine.Ops.Traversal.Parallel;

namespace Engine.Ops.Arrays;

/// <summary>Copies slices by index: input 0 seen as [batches, outer, axis, inner], input 1 as [batches, indices].</summary>
internal static class GatherRows
{
    /// <summary>The number of leading dimensions that go in step; negative ones count from the end of the indices.</summary>
    internal static int BatchDims(long batchDims, int indicesRank)
        => batchDims >= -indicesRank && batchDims <= indicesRank
            ? (int)(batchDims < 0 ? batchDims + indicesRank : batchDims)
            : throw EngineException.InvalidArgument($"Expected batch_dims in the range [{-indicesRank}, {indicesRank}], but got {batchDims}");

    internal static void Run(KernelContext context, long wantedAxis, long batchDims)
    {
        var parameters = context.Input(0);
        var indices = context.Input(1);
        if (parameters.Rank == 0)
            throw EngineException.InvalidArgument("params must be at least 1 dimensional");
        var batch = BatchDims(batchDims, indices.Rank);
        var axis = IndexTensor.Axis(wantedAxis, parameters.Rank);
        if (batch > axis)
            throw EngineException.InvalidArgument($"batch_dims ({batch}) must be less than or equal to axis ({axis}).");
        if (!parameters.Shape.Dims[..batch].SequenceEqual(indices.Shape.Dims[..batch]))
            throw EngineException.InvalidArgument($"The first {batch} dimensions of params {parameters.Shape} and indices {indices.Shape} must be equal.");
        var shape = new Shape([.. parameters.Shape.Dims[..axis], .. indices.Shape.Dims[batch..], .. parameters.Shape.Dims[(axis + 1)..]]);
        var result = context.Allocate(0, shape);
        var batches = parameters.Shape.CountOf(0, batch);
        var outer = parameters.Shape.CountOf(batch, axis);
        if (batches * outer == 0 || indices.Count == 0)
            return;
        var walk = new Walk(context.Workers, parameters, result, outer, parameters.Shape[axis], indices.Count / batches, parameters.Shape.CountOf(axis + 1, parameters.Rank));
        switch (indices.Type)
        {
            case DType.Int32: walk.Indices<int>(indices); break;
            case DType.Int64: walk.Indices<long>(indices); break;
            default: walk.Indices<short>(indices); break;
        }
    }

    private readonly struct Walk(WorkerTeam workers, Tensor source, Tensor result, long outer, long length, long count, long inner)
    {
        internal unsafe void Indices<TIndex>(Tensor indices) where TIndex : unmanaged, System.Numerics.IBinaryInteger<TIndex>
        {
            var values = indices.Pointer<TIndex>();
            for (var i = 0L; i < indices.Count; i++)
            {
                if (ulong.CreateTruncating(long.CreateTruncating(values[i])) >= (ulong)length)
                    throw EngineException.InvalidArgument($"indices[{i}] = {values[i]} is not in [0, {length})");
            }
            if (result.Count == 0)
                return;
            var action = new Copy<TIndex>(workers, source, result, values, outer, length, count, inner);
            Elements.Dispatch(source.Type, ref action);
        }
    }

    private readonly unsafe struct Copy<TIndex>(WorkerTeam workers, Tensor source, Tensor result, TIndex* indices, long outer, long length, long count, long inner) : IElementAction
        where TIndex : unmanaged, System.Numerics.IBinaryInteger<TIndex>
    {
        public void Invoke<T>()
        {
            var body = new Rows<T, TIndex>(source, result, indices, outer, length, count, inner);
            var rows = result.Count / inner;
            var cost = 6 + inner * Unsafe.SizeOf<T>() / 16;
            if (typeof(T) == typeof(object) || rows * cost < Parallel.MinimumCycles)
                body.Invoke(0, rows);
            else
                workers.Run(rows, cost, ref body);
        }
    }

    private readonly unsafe struct Rows<T, TIndex>(Tensor source, Tensor result, TIndex* indices, long outer, long length, long count, long inner) : IRangeBody
        where TIndex : unmanaged, System.Numerics.IBinaryInteger<TIndex>
    {
        public void Invoke(long start, long end)
        {
            ref var from = ref Elements.First<T>(source);
            ref var to = ref Elements.First<T>(result);
            var (block, i) = Math.DivRem(start, count);
            for (var row = start; row < end; row++)
            {
                var index = long.CreateTruncating(indices[block / outer * count + i]);
                ref var x = ref Unsafe.Add(ref from, (nint)((block * length + index) * inner));
                ref var y = ref Unsafe.Add(ref to, (nint)(row * inner));
                if (inner == 1)
                    y = x;
                else
                    Elements.Copy(ref x, ref y, (nint)inner);
                if (++i < count)
                    continue;
                i = 0;
                block++;
            }
        }
    }
}
