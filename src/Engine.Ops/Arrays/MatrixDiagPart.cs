using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Diagonals of matrices, packed into rows; what is left of a row is padding. The first version takes the main diagonal alone.</summary>
[Op("MatrixDiagPart", "MatrixDiagPartV2", "MatrixDiagPartV3", "BatchMatrixDiagPart")]
internal sealed class MatrixDiagPart : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var input = c.WithRankAtLeast(c.Input(0), 2);
        if (!input.HasRank || (c.InputCount > 1 && c.InputTensor(1) is null))
            return;
        var limits = DiagonalBand.Limits(c.InputCount > 1 ? c.InputTensor(1) : null);
        var count = limits.Upper - limits.Lower + 1;
        var length = input[-2] < 0 || input[-1] < 0 ? -1 : DiagonalBand.In(input[-2], input[-1], limits, default).Length;
        var batch = input.Slice(0, input.Rank - 2);
        c.SetOutput(0, batch.Concat(count == 1 ? PartialShape.Vector(length) : new PartialShape(count, length)));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("T", TypeGroups.Plain);
        var alignment = DiagonalBand.Alignment(node.Node);
        var zero = Tensor.Zeros(type, Shape.Scalar);
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            var isFirst = context.InputCount == 1;
            if (input.Rank < 2)
                throw EngineException.InvalidArgument($"input must be at least 2-dim, received shape: {input.Shape}");
            var padding = isFirst ? zero : context.Input(2);
            if (padding.Rank != 0)
                throw EngineException.InvalidArgument($"padding_value must be a scalar, received shape: {padding.Shape}");
            var band = DiagonalBand.In(input.Shape[-2], input.Shape[-1], DiagonalBand.Limits(isFirst ? null : context.Input(1)), alignment);
            var packed = band.Count == 1 ? Shape.Vector(band.Length) : Shape.Matrix(band.Count, band.Length);
            var result = context.Allocate(0, input.Shape.Slice(0, input.Rank - 2).Concat(packed));
            StridedCopy.Fill(context.Workers, padding, result);
            band.Move(input, result, toMatrix: false);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var gradients = new Gradient?[g.InputCount];
        var zeros = g.ZerosLike(g.Input(0));
        gradients[0] = g.InputCount == 1 ? g.Node("MatrixSetDiag", zeros, g.OutputGradient(0)) : MatrixSetDiag.Make(g, zeros, g.OutputGradient(0), g.Input(1));
        return gradients;
    }

    /// <summary>The diagonals of <paramref name="matrix"/> in the alignment of the forward node.</summary>
    internal static Value Make(GradientContext g, Value matrix, Value k)
    {
        // TensorFlow differentiates the second version with the third one's default alignment, though its own is another; so do we.
        return g.NewNode("MatrixDiagPartV3").Input(matrix).Input(k).Input(g.Scalar(0, matrix.Type.Base())).Attr("align", g.Node.Attrs.GetValueOrDefault("align")).Build()[0];
    }
}
