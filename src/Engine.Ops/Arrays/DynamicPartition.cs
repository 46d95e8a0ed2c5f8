using System.Runtime.CompilerServices;
using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Sends each slice of <c>data</c> to the output whose number <c>partitions</c> tells.</summary>
[Op("DynamicPartition")]
internal sealed class DynamicPartition : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var (data, partitions) = (c.Input(0), c.Input(1));
        if (!data.HasRank || !partitions.HasRank)
            return;
        c.WithRankAtLeast(data, partitions.Rank);
        data.Slice(0, partitions.Rank).Merge(partitions);
        c.SetOutputs(PartialShape.Vector(-1).Concat(data.Slice(partitions.Rank)));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common);
        return Kernel.From(context =>
        {
            var (data, partitions) = (context.Input(0), context.Input(1));
            if (data.Rank < partitions.Rank || !data.Shape.Dims[..partitions.Rank].SequenceEqual(partitions.Shape.Dims))
                throw EngineException.InvalidArgument($"data.shape must start with partitions.shape, got data.shape = {data.Shape}, partitions.shape = {partitions.Shape}");
            var counts = new long[context.OutputCount];
            var numbers = partitions.AsSpan<int>();
            for (var i = 0; i < numbers.Length; i++)
            {
                if ((uint)numbers[i] >= (uint)counts.Length)
                    throw EngineException.InvalidArgument($"partitions[{i}] = {numbers[i]} is not in [0, {counts.Length})");
                counts[numbers[i]]++;
            }
            var slice = data.Shape.Slice(partitions.Rank);
            var outputs = new Tensor[counts.Length];
            for (var i = 0; i < outputs.Length; i++)
                outputs[i] = context.Allocate(i, Shape.Vector(counts[i]).Concat(slice));
            var action = new Move(data, partitions, outputs, slice.Count);
            Elements.Dispatch(data.Type, ref action);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var partitions = g.Input(1);
        var shape = g.ShapeOf(partitions);
        var count = g.Node("Prod", shape, g.Ints(0));
        var places = g.Node("Reshape", g.Node("Range", g.Int(0), count, g.Int(1)), shape);
        var parts = g.NewNode("DynamicPartition").Input(places).Input(partitions).Attr("num_partitions", g.Attr("num_partitions")).Build().OutputList("outputs");
        var merged = g.NewNode("DynamicStitch").Input(parts).Input([.. Enumerable.Range(0, g.OutputCount).Select(g.OutputGradient)]).Build()[0];
        return [g.ReshapeLike(merged, g.Input(0)), null];
    }

    private readonly struct Move(Tensor data, Tensor partitions, Tensor[] outputs, long inner) : IElementAction
    {
        public void Invoke<T>()
        {
            if (data.Count == 0)
                return;
            ref T from = ref Elements.First<T>(data);
            var at = new long[outputs.Length];
            foreach (var p in partitions.AsSpan<int>())
            {
                Elements.Copy(ref from, ref Unsafe.Add(ref Elements.First<T>(outputs[p]), (nint)at[p]), (nint)inner);
                at[p] += inner;
                from = ref Unsafe.Add(ref from, (nint)inner);
            }
        }
    }
}
