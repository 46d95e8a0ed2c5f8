using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>Cuts a tensor along an axis into the outputs of a node.</summary>
internal static class Partition
{
    /// <summary>From this size on, pieces along the first axis share the input's memory: copying costs more than working in place might save later.</summary>
    private const long SharedBytes = 1 << 15;

    /// <summary>Pieces of the given lengths, which add up to the axis, each in a shape of its own.</summary>
    internal static void Run(KernelContext context, Tensor input, int axis, long[] lengths, Func<long, Shape> shapeOf)
    {
        var outer = input.Shape.CountOf(0, axis);
        var inner = input.Shape.CountOf(axis + 1, input.Rank);
        var row = input.Shape[axis] * inner;
        var at = 0L;
        for (var i = 0; i < lengths.Length; i++)
        {
            var shape = shapeOf(lengths[i]);
            var run = lengths[i] * inner;
            if (axis == 0 && shape.Count * input.Type.Size() >= SharedBytes)
            {
                using var rows = input.Rows(at / inner, lengths[i]);
                context.MoveOutput(i, rows.Reshape(shape));
            }
            else
            {
                StridedCopy.Run(context.Workers, [outer, run], input, at, [row, 1], context.Allocate(i, shape), 0, [run, 1]);
            }
            at += run;
        }
    }
}
