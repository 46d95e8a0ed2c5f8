using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.RandomNumbers;

/// <summary>Draws classes by inverting the cumulative distribution of each row; infinite and NaN logits never come.</summary>
internal sealed class MultinomialKernel<T>(RandomSource source) : Kernel
    where T : unmanaged, INumber<T>
{
    public override void Compute(KernelContext context)
    {
        Tensor logits = context.Input(0);
        if (logits.Rank != 2)
            throw EngineException.InvalidArgument($"logits should be a matrix, got shape {logits.Shape}");
        long samples = IndexTensor.Scalar(context.Input(1), "num_samples");
        if (samples < 0)
            throw EngineException.InvalidArgument($"num_samples should be nonnegative, got {samples}");
        long rows = logits.Shape[0];
        int classes = checked((int)Math.Min(logits.Shape[1], int.MaxValue));
        if (classes == 0)
            throw EngineException.InvalidArgument($"num_classes should be positive, got {classes}");
        var shape = Shape.Matrix(rows, samples);
        Philox generator = source.Take(context, (UInt128)(ulong)rows * (ulong)((samples + 3) / 4 * 8) * RandomSource.BlocksPerNumber);
        Tensor output = context.Allocate(0, shape);
        if (shape.Count == 0)
            return;

        ReadOnlySpan<T> values = logits.AsSpan<T>();
        var reader = new PhiloxReader(generator);
        var cumulative = new double[classes];
        long next = 0;
        for (long row = 0; row < rows; row++)
        {
            double total = Accumulate(values.Slice((int)(row * classes), classes), cumulative);
            for (long i = 0; i < samples; i++)
            {
                int drawn = FirstAbove(cumulative, reader.NextDouble() * total);
                if (output.Type == DType.Int32)
                    output.AsSpan<int>()[(int)next++] = drawn;
                else
                    output.AsSpan<long>()[(int)next++] = drawn;
            }
        }
    }

    private static double Accumulate(ReadOnlySpan<T> logits, double[] cumulative)
    {
        double max = double.NegativeInfinity;
        foreach (T logit in logits)
        {
            if (T.IsFinite(logit))
                max = Math.Max(max, double.CreateTruncating(logit));
        }
        double total = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            if (T.IsFinite(logits[i]))
                total += Math.Exp(double.CreateTruncating(logits[i]) - max);
            cumulative[i] = total;
        }
        return total;
    }

    /// <summary>The first place with a larger value; the length if there is none.</summary>
    private static int FirstAbove(double[] ascending, double value)
    {
        int low = 0, high = ascending.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (value < ascending[middle])
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
}

/// <summary>What the two multinomial ops share besides the kernel.</summary>
internal static class MultinomialKernel
{
    internal static void InferShapes(InferenceContext c)
    {
        PartialShape logits = c.Input(0, 2);
        c.Input(1, 0);
        c.SetOutput(0, new PartialShape(logits[0], Math.Max(-1, c.InputScalar(1) ?? -1)));
    }

    internal static Kernel Create(KernelBuilder node, RandomSource source) => node.Type("T") switch
    {
        DType.Float32 => new MultinomialKernel<float>(source),
        DType.Float64 => new MultinomialKernel<double>(source),
        DType.Float16 => new MultinomialKernel<Half>(source),
        DType.BFloat16 => new MultinomialKernel<BFloat16>(source),
        _ => throw node.NoKernel(),
    };
}
