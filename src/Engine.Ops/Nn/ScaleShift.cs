using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>
/// x times a constant for each channel, plus another, and an activation: what plans have in place of batch normalisation that follows no convolution, and of sums and
/// products with constants along a short last dimension.
/// </summary>
[Op("_ScaleShift", Definition = "_ScaleShift(x:T; scale:T; shift:T) -> (y:T) {T:type in [float]; activation:string = ''; alpha:float = 0.0}")]
internal sealed class ScaleShift : IOp
{
    /// <summary>Rows of fewer elements cost more than what is done with them.</summary>
    private const int ShortRow = 64;

    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

    public static Kernel CreateKernel(KernelBuilder node) => new ScaleShiftKernel(node);

    /// <summary>Batch normalisation with known statistics.</summary>
    internal static bool Normalise(RewriteContext c, RewriteValue x, double[] scale, double[] shift) => Replace(c, x, scale, shift);

    /// <summary>A product with a constant for each channel.</summary>
    internal static bool Multiply(RewriteContext c)
    {
        for (int side = 0; side < 2; side++)
        {
            if (PerChannel(c.Input(side), c.Input(1 - side)) is { } factors && Scaled(c, c.Input(side), factors, new double[factors.Length]))
                return true;
        }

        return false;
    }

    /// <summary>A sum or a difference with a constant for each channel.</summary>
    internal static bool Add(RewriteContext c, double sign)
    {
        for (int side = 0; side < (sign < 0 ? 1 : 2); side++)
        {
            if (PerChannel(c.Input(side), c.Input(1 - side)) is not { } terms)
                continue;
            double[] ones = new double[terms.Length];
            Array.Fill(ones, 1);
            if (Scaled(c, c.Input(side), ones, Array.ConvertAll(terms, t => sign * t)))
                return true;
        }

        return false;
    }

    /// <summary>An activation of such a product.</summary>
    internal static bool Activate(RewriteContext c, Activation activation, float alpha)
    {
        RewriteValue x = c.Input(0);
        return IsOpen(x) && c.Replace("_ScaleShift", [x.Input(0), x.Input(1), x.Input(2)], ("activation", AttrValue.Of(activation.ToString())), ("alpha", AttrValue.Of(alpha)));
    }

    private static bool IsOpen(RewriteValue x) => x.Op == "_ScaleShift" && x.IsAbsorbable && x.Node.Attr("activation").AsString().Length == 0;

    // A constant of one number for each element of the last dimension, where rows are short or are scaled already.
    private static double[]? PerChannel(RewriteValue x, RewriteValue value)
    {
        PartialShape shape = x.Shape;
        if (value.Constant is not { Type: DType.Float32, Count: > 1 } constant || constant.Shape[constant.Rank - 1] != constant.Count || x.Type != DType.Float32 || x.Constant is not null)
            return null;
        bool fits = shape.HasRank && shape.Rank >= constant.Rank && shape.Rank > 1 && shape[shape.Rank - 1] == constant.Count;
        return fits && (constant.Count < ShortRow || IsOpen(x)) ? Doubles(constant) : null;
    }

    private static bool Scaled(RewriteContext c, RewriteValue x, double[] factors, double[] terms)
    {
        if (!IsOpen(x))
            return Replace(c, WithoutNumbers(x, factors, terms), factors, terms);
        if (x.Input(1).Constant is not { } scale || x.Input(2).Constant is not { } shift || scale.Count != factors.Length)
            return false;
        (double[] scales, double[] shifts) = (Doubles(scale), Doubles(shift));
        for (int i = 0; i < scales.Length; i++)
            (scales[i], shifts[i]) = (scales[i] * factors[i], (shifts[i] * factors[i]) + terms[i]);
        return Replace(c, x.Input(0), scales, shifts);
    }

    // Products and sums with single numbers that come before go into the vectors.
    private static RewriteValue WithoutNumbers(RewriteValue x, double[] factors, double[] terms)
    {
        while (x.Op is "Mul" or "AddV2" or "Add" or "Sub" && x.IsAbsorbable)
        {
            int side = x.Op != "Sub" && x.Input(0).Constant is not null ? 0 : 1;
            if (x.Input(side).Constant is not { Type: DType.Float32, Rank: 0 } scalar || !float.IsFinite(scalar.AsSpan<float>()[0]))
                break;
            double number = scalar.AsSpan<float>()[0];
            for (int i = 0; i < factors.Length; i++)
            {
                if (x.Op == "Mul")
                    factors[i] *= number;
                else
                    terms[i] += x.Op == "Sub" ? -factors[i] * number : factors[i] * number;
            }

            x = x.Input(1 - side);
        }

        return x;
    }

    private static bool Replace(RewriteContext c, RewriteValue x, double[] scale, double[] shift) => c.Replace("_ScaleShift", [x, Vector(c, scale), Vector(c, shift)]);

    private static double[] Doubles(Tensor t) => Array.ConvertAll(t.AsSpan<float>().ToArray(), x => (double)x);

    private static RewriteValue Vector(RewriteContext c, double[] numbers)
    {
        Tensor vector = Tensor.Allocate(DType.Float32, Shape.Vector(numbers.Length));
        Array.ConvertAll(numbers, x => (float)x).CopyTo(vector.AsSpan<float>());
        return c.Constant(vector);
    }
}
