using System.Runtime.CompilerServices;
using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>A new dimension that is <c>on_value</c> at each index and <c>off_value</c> elsewhere; an index out of range has no on.</summary>
[Op("OneHot")]
internal sealed class OneHot : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var indices = c.Input(0);
        for (var i = 1; i < 4; i++)
            c.WithRank(c.Input(i), 0);
        var depth = c.InputScalar(1) ?? -1;
        if (depth < 0 && c.InputScalar(1) is not null)
            throw c.Fail($"depth must be non-negative, got {depth}");
        if (!indices.HasRank)
            return;
        var wanted = c.Attr("axis").AsInt();
        var axis = wanted == -1 ? indices.Rank : IndexTensor.Axis(wanted, indices.Rank + 1);
        c.SetOutput(0, indices.Slice(0, axis).Concat(PartialShape.Vector(depth)).Concat(indices.Slice(axis)));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common);
        var wanted = node.Int("axis");
        return Kernel.From(context =>
        {
            var indices = context.Input(0);
            if (wanted < -1 || wanted > indices.Rank)
                throw EngineException.InvalidArgument($"Expected axis to be -1 or between [0, {indices.Rank}].  But received: {wanted}");
            var axis = wanted == -1 ? indices.Rank : (int)wanted;
            var depth = IndexTensor.Scalar(context.Input(1), "depth");
            if (depth < 0)
                throw EngineException.InvalidArgument($"depth must be non-negative, got: {depth}");
            if (context.Input(2).Rank != 0 || context.Input(3).Rank != 0)
                throw EngineException.InvalidArgument("on_value and off_value must be scalars");
            var shape = indices.Shape.Slice(0, axis).Concat(Shape.Vector(depth)).Concat(indices.Shape.Slice(axis));
            var result = context.Allocate(0, shape);
            StridedCopy.Fill(context.Workers, context.Input(3), result);
            var action = new Mark(context.Input(2), result, IndexTensor.Read(indices), depth, indices.Shape.CountOf(axis, indices.Rank));
            Elements.Dispatch(result.Type, ref action);
        });
    }

    public static Gradient?[] Gradient(GradientContext g) => [null, null, null, null];

    private readonly struct Mark(Tensor on, Tensor result, long[] indices, long depth, long inner) : IElementAction
    {
        public void Invoke<T>()
        {
            if (result.Count == 0)
                return;
            var value = Elements.First<T>(on);
            ref var to = ref Elements.First<T>(result);
            for (var i = 0; i < indices.Length; i++)
            {
                if ((ulong)indices[i] < (ulong)depth)
                    Unsafe.Add(ref to, (nint)((i / inner * depth + indices[i]) * inner + i % inner)) = value;
            }
        }
    }
}
