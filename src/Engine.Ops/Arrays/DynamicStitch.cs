using System.Runtime.CompilerServices;
using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Puts slices of several tensors where their indices tell; of equal indices the last counts, rows that none names are zero.</summary>
[Op("DynamicStitch", "ParallelDynamicStitch")]
internal sealed class DynamicStitch : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var count = c.InputCount / 2;
        var slice = PartialShape.Unknown;
        var (rows, allKnown) = (0L, true);
        for (var i = 0; i < count; i++)
        {
            var (indices, data) = (c.Input(i), c.Input(count + i));
            if (c.InputTensor(i) is { } t)
            {
                foreach (var index in IndexTensor.Read(t))
                    rows = Math.Max(rows, index + 1);
            }
            else
            {
                allKnown = false;
            }
            if (!indices.HasRank || !data.HasRank)
                continue;
            c.WithRankAtLeast(data, indices.Rank);
            data.Slice(0, indices.Rank).Merge(indices);
            slice = slice.Merge(data.Slice(indices.Rank));
        }
        c.SetOutput(0, PartialShape.Vector(allKnown ? rows : -1).Concat(slice));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (node.Type("T", TypeGroups.Common | TypeGroups.Quantized) == DType.Resource)
            throw node.NoKernel();
        return Kernel.From(context =>
        {
            var count = context.InputCount / 2;
            var rows = 0L;
            var slice = Shape.Scalar;
            for (var i = 0; i < count; i++)
            {
                var (indices, data) = (context.Input(i), context.Input(count + i));
                if (data.Rank < indices.Rank || !data.Shape.Dims[..indices.Rank].SequenceEqual(indices.Shape.Dims))
                    throw EngineException.InvalidArgument($"data[{i}].shape = {data.Shape} does not start with indices[{i}].shape = {indices.Shape}");
                var rest = data.Shape.Slice(indices.Rank);
                if (i > 0 && rest != slice)
                    throw EngineException.InvalidArgument($"Need data[0].shape[{context.Input(0).Rank}:] = data[{i}].shape[{indices.Rank}:], got {slice} and {rest}");
                slice = rest;
                foreach (var index in indices.AsSpan<int>())
                {
                    if (index < 0)
                        throw EngineException.InvalidArgument($"indices[{i}] has a negative index {index}");
                    rows = Math.Max(rows, index + 1L);
                }
            }
            var result = context.AllocateZeros(0, Shape.Vector(rows).Concat(slice));
            for (var i = 0; i < count; i++)
            {
                var action = new Move(context.Input(i), context.Input(count + i), result, slice.Count);
                Elements.Dispatch(result.Type, ref action);
            }
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var count = g.InputCount / 2;
        var result = new Gradient?[g.InputCount];
        for (var i = 0; i < count; i++)
            result[count + i] = g.Node("GatherV2", g.OutputGradient(0), g.Input(i), g.Int(0));
        return result;
    }

    private readonly struct Move(Tensor indices, Tensor data, Tensor result, long inner) : IElementAction
    {
        public void Invoke<T>()
        {
            if (data.Count == 0)
                return;
            ref T from = ref Elements.First<T>(data);
            ref var to = ref Elements.First<T>(result);
            foreach (var index in indices.AsSpan<int>())
            {
                Elements.Copy(ref from, ref Unsafe.Add(ref to, (nint)(index * inner)), (nint)inner);
                from = ref Unsafe.Add(ref from, (nint)inner);
            }
        }
    }
}
