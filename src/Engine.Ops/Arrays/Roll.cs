using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>Elements shifted along axes; what falls out at the end comes in at the start.</summary>
[Op("Roll")]
internal sealed class Roll : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.WithRankAtMost(c.Input(1), 1);
        c.WithRankAtMost(c.Input(2), 1);
        c.SetOutput(0, c.WithRankAtLeast(c.Input(0), 1));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common);
        return Kernel.From(Run);
    }

    public static Gradient?[] Gradient(GradientContext g) => [g.Node("Roll", g.OutputGradient(0), -g.Input(1), g.Input(2)), null, null];

    private static void Run(KernelContext context)
    {
        var input = context.Input(0);
        var (shift, axis) = (context.Input(1), context.Input(2));
        if (input.Rank < 1)
            throw EngineException.InvalidArgument("input must be 1-D or higher");
        if (shift.Rank > 1 || axis.Rank > 1 || shift.Shape != axis.Shape)
            throw EngineException.InvalidArgument($"shift and axis must be scalars or vectors of the same size, not {shift.Shape} and {axis.Shape}");
        var shifts = new long[input.Rank];
        var (by, along) = (IndexTensor.Read(shift), IndexTensor.Read(axis));
        for (var i = 0; i < by.Length; i++)
        {
            // TensorFlow reads the low 32 bits of an axis.
            var d = IndexTensor.Axis((int)along[i], input.Rank);
            var n = Math.Max(input.Shape[d], 1);
            // Each shift is reduced first, so that the sum cannot overflow.
            shifts[d] = ((shifts[d] + by[i] % n) % n + n) % n;
        }
        if (input.Count == 0 || Array.TrueForAll(shifts, s => s == 0))
        {
            context.Forward(0, 0);
            return;
        }
        var strides = input.Shape.Strides();
        Blocks(context, input, context.Allocate(0, input.Shape), shifts, strides, input.Shape.Dims.ToArray(), 0, 0, 0);
    }

    // Every rolled dimension is two blocks that change places. There are at most as many blocks as elements.
    private static void Blocks(KernelContext context, Tensor input, Tensor result, long[] shifts, long[] strides, long[] box, int d, long from, long to)
    {
        while (d < shifts.Length && shifts[d] == 0)
            d++;
        if (d == shifts.Length)
        {
            StridedCopy.Run(context.Workers, box, input, from, strides, result, to, strides);
            return;
        }
        var (n, shift) = (box[d], shifts[d]);
        box[d] = n - shift;
        Blocks(context, input, result, shifts, strides, box, d + 1, from, to + shift * strides[d]);
        box[d] = shift;
        Blocks(context, input, result, shifts, strides, box, d + 1, from + (n - shift) * strides[d], to);
        box[d] = n;
    }
}
