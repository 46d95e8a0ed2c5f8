using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Sparse;

/// <summary>Softmax over the entries of each row of the last dimension; what has no entry does not count.</summary>
[Op("SparseSoftmax")]
internal sealed class SparseSoftmax : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 2);
        c.Input(2, 1);
        c.SetOutput(0, c.Input(1, 1));
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float16 => Kernel.From(Run<Half>),
        DType.Float32 => Kernel.From(Run<float>),
        DType.Float64 => Kernel.From(Run<double>),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g)
    {
        // y (dy - sum(y dy)), the sum over each row's entries.
        var (indices, output, shape, gradient) = (g.Input(0), g.Output(0), g.Input(2), g.OutputGradient(0));
        var sum = g.NewNode("SparseReduceSum").Input(indices).Input(g.Node("Mul", output, gradient)).Input(shape).Input(g.Ints(-1)).Attr("keep_dims", true).Build()[0];
        var centred = g.Node("SparseDenseCwiseAdd", indices, gradient, shape, g.Node("Neg", sum));
        return [null, g.Node("Mul", centred, output), null];
    }

    private static void Run<T>(KernelContext context) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var input = SparseInput.At(context, 0);
        if (input.Rank < 2)
            throw EngineException.InvalidArgument("Input should have rank >= 2, but received shape with less dimensions");
        input.DenseShape();
        int[] rows = [.. Enumerable.Range(0, input.Rank - 1)];
        var values = input.Values.AsSpan<T>();
        var result = context.Allocate(0, input.Values.Shape).AsSpan<T>();
        for (var start = 0; start < values.Length;)
        {
            var end = start + 1;
            while (end < values.Length && input.Compare(start, end, rows) == 0)
                end++;
            Row(values[start..end], result[start..end]);
            start = end;
        }
    }

    private static void Row<T>(ReadOnlySpan<T> values, Span<T> result) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var max = double.NegativeInfinity;
        foreach (var v in values)
            max = Math.Max(max, double.CreateTruncating(v));
        var sum = 0.0;
        foreach (var v in values)
            sum += Math.Exp(double.CreateTruncating(v) - max);
        for (var i = 0; i < values.Length; i++)
            result[i] = T.CreateTruncating(Math.Exp(double.CreateTruncating(values[i]) - max) / sum);
    }
}
