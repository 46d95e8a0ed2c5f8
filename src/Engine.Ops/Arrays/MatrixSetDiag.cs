using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Matrices with some of their diagonals replaced. The first version replaces the main diagonal.</summary>
[Op("MatrixSetDiag", "MatrixSetDiagV2", "MatrixSetDiagV3", "BatchMatrixSetDiag")]
internal sealed class MatrixSetDiag : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var input = c.WithRankAtLeast(c.Input(0), 2);
        var diagonal = c.WithRankAtLeast(c.Input(1), 1);
        c.SetOutput(0, input);
        if (!input.HasRank || (c.InputCount > 2 && c.InputTensor(2) is null))
            return;
        var limits = DiagonalBand.Limits(c.InputCount > 2 ? c.InputTensor(2) : null);
        // TensorFlow refuses a range of diagonals as long as the matrix is of unknown size.
        if (limits.Lower != limits.Upper && (input[-2] < 0 || input[-1] < 0))
            throw c.Fail("The size of the matrices must be known when several diagonals are set");
        if (input[-2] < 0 || input[-1] < 0)
            return;
        var band = DiagonalBand.In(input[-2], input[-1], limits, default);
        input.Slice(0, input.Rank - 2).Concat(band.Count == 1 ? PartialShape.Vector(band.Length) : new PartialShape(band.Count, band.Length)).Merge(diagonal);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Plain);
        var alignment = DiagonalBand.Alignment(node.Node);
        return Kernel.From(context =>
        {
            var (input, diagonal) = (context.Input(0), context.Input(1));
            if (input.Rank < 2)
                throw EngineException.InvalidArgument($"input must be at least 2-dim, received shape: {input.Shape}");
            if (diagonal.Rank < 1)
                throw EngineException.InvalidArgument($"diagonal must be at least 1-dim, received shape: {diagonal.Shape}");
            var band = DiagonalBand.In(input.Shape[-2], input.Shape[-1], DiagonalBand.Limits(context.InputCount > 2 ? context.Input(2) : null), alignment);
            var packed = band.Count == 1 ? Shape.Vector(band.Length) : Shape.Matrix(band.Count, band.Length);
            var expected = input.Shape.Slice(0, input.Rank - 2).Concat(packed);
            if (diagonal.Shape != expected)
                throw EngineException.InvalidArgument($"Either first dimensions of diagonal don't match input.shape[:-2], or diagonal.shape[:-1] is not equal to the longests diagonal in range [lower_diag_index:upper_diag_index].\nInput shape: {input.Shape}\nDiagonal shape: {diagonal.Shape}\nExpected diagonal shape: {expected}");
            band.Move(context.CopyOrForward(0, 0), diagonal, toMatrix: true);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var gradient = g.OutputGradient(0);
        var zeros = g.ZerosLike(g.Input(1));
        return g.InputCount == 2
            ? [g.Node("MatrixSetDiag", gradient, zeros), g.Node("MatrixDiagPart", gradient)]
            : [Make(g, gradient, zeros, g.Input(2)), MatrixDiagPart.Make(g, gradient, g.Input(2)), null];
    }

    /// <summary>Diagonals set in <paramref name="matrix"/>, in the alignment of the forward node.</summary>
    internal static Value Make(GradientContext g, Value matrix, Value diagonal, Value k)
    {
        // TensorFlow differentiates the second version with the third one's default alignment, though its own is another; so do we.
        return g.NewNode("MatrixSetDiagV3").Input(matrix).Input(diagonal).Input(k).Attr("align", g.Node.Attrs.GetValueOrDefault("align")).Build()[0];
    }
}
