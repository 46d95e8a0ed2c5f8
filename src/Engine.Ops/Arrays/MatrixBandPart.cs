using System.Runtime.CompilerServices;
using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Matrices with zeros outside of a band around the diagonal; a negative width means the whole triangle.</summary>
[Op("MatrixBandPart", "BatchMatrixBandPart")]
internal sealed class MatrixBandPart : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.WithRank(c.Input(1), 0);
        c.WithRank(c.Input(2), 0);
        c.SetOutput(0, c.WithRankAtLeast(c.Input(0), 2));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", node.Node.Op == "MatrixBandPart" ? TypeGroups.Plain : TypeGroups.Number);
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            if (input.Rank < 2)
                throw EngineException.InvalidArgument($"input must be at least 2-dim, received shape: {input.Shape}");
            var (rows, columns) = (input.Shape[-2], input.Shape[-1]);
            var lower = Width(IndexTensor.Scalar(context.Input(1), "num_lower"), rows, "num_lower");
            var upper = Width(IndexTensor.Scalar(context.Input(2), "num_upper"), columns, "num_upper");
            var action = new Band(context.CopyOrForward(0, 0), rows, columns, lower, upper);
            Elements.Dispatch(input.Type, ref action);
        });
    }

    public static Gradient?[] Gradient(GradientContext g) => [g.Node("MatrixBandPart", g.OutputGradient(0), g.Input(1), g.Input(2)), null, null];

    private static long Width(long width, long limit, string what)
    {
        if (width > limit)
            throw EngineException.InvalidArgument($"{what} must be negative or less or equal to {limit} got: {width}");
        // TensorFlow goes on with the low 32 bits, which shows in numbers that no int32 holds.
        return (int)width < 0 ? limit : (int)width;
    }

    private readonly struct Band(Tensor result, long rows, long columns, long lower, long upper) : IElementAction
    {
        public void Invoke<T>()
        {
            if (result.Count == 0)
                return;
            ref T row = ref Elements.First<T>(result);
            var count = result.Count / columns;
            for (var r = 0L; r < count; r++)
            {
                var i = r % rows;
                var first = Math.Clamp(i - lower, 0, columns);
                var end = Math.Clamp(i + upper + 1, first, columns);
                Elements.Fill(ref row, default!, (nint)first);
                Elements.Fill(ref Unsafe.Add(ref row, (nint)end), default!, (nint)(columns - end));
                row = ref Unsafe.Add(ref row, (nint)columns);
            }
        }
    }
}
