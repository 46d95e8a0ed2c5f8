using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Nn;
using Engine.Tensors;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Sums of products of one or two tensors along dimensions named by the letters of an equation.</summary>
[Op("Einsum")]
internal sealed class Einsum : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        EinsumEquation equation = EinsumEquation.Parse(c.Attr("equation").AsString(), c.InputCount);
        var sizes = new Dictionary<int, long>();
        int broadcast = 0;
        for (int operand = 0; operand < c.InputCount; operand++)
        {
            PartialShape shape = c.Input(operand);
            if (!shape.HasRank)
                return;
            int[] labels = EinsumEquation.Expand(equation.Operands[operand], shape.Rank);
            broadcast = Math.Max(broadcast, labels.Count(label => label < 0));
            for (int i = 0; i < labels.Length; i++)
                sizes[labels[i]] = sizes.TryGetValue(labels[i], out long known) ? Merge(c, labels[i], known, shape[i]) : shape[i];
        }

        if (broadcast > 0 && !EinsumEquation.HasEllipsis(equation.Result))
            throw c.Fail($"Output contains {broadcast} broadcasting dimension(s) but no ellipsis (...) was found in the output subscripts.");
        c.SetOutput(0, new PartialShape([.. equation.ExpandResult(broadcast).Select(label => sizes.GetValueOrDefault(label, 1))]));
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float32 => new EinsumKernel<float>(node),
        DType.Float64 => new EinsumKernel<double>(node),
        DType.Float16 => new EinsumKernel<Half>(node),
        DType.BFloat16 => new EinsumKernel<BFloat16>(node),
        DType.Int32 => new EinsumKernel<int>(node),
        DType.Int64 => new EinsumKernel<long>(node),
        DType.Complex64 => new EinsumKernel<Complex64>(node),
        DType.Complex128 => new EinsumKernel<Complex>(node),
        _ => throw node.NoKernel(),
    };

    public static bool Simplify(RewriteContext c) => DenseForms.OfEinsum(c);

    public static bool Fuse(RewriteContext c) => AttentionPattern.OfProduct(c);

    public static Gradient?[] Gradient(GradientContext g)
    {
        EinsumEquation equation = EinsumEquation.Parse(g.Attr("equation").AsString(), g.InputCount);
        Value d = g.OutputGradient(0);
        if (g.InputCount == 1)
            return [EinsumGradient.Of(g, equation, 0, [d], equation.Result)];
        return
        [
            EinsumGradient.Of(g, equation, 0, [d, g.Conjugate(g.Input(1))], $"{equation.Result},{equation.Operands[1]}"),
            EinsumGradient.Of(g, equation, 1, [d, g.Conjugate(g.Input(0))], $"{equation.Result},{equation.Operands[0]}"),
        ];
    }

    private static long Merge(InferenceContext c, int label, long a, long b)
    {
        if (a < 0 || b < 0)
            return label < 0 ? (Math.Max(a, b) > 1 ? Math.Max(a, b) : -1) : Math.Max(a, b);
        if (a == b || (label < 0 && b == 1))
            return a;
        return label < 0 && a == 1 ? b : throw c.Fail($"Dimensions must be equal, but are {a} and {b}");
    }
}
