using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Matrices with given diagonals and padding elsewhere; the first version has the main diagonal alone, and zeros.</summary>
[Op("MatrixDiag", "MatrixDiagV2", "MatrixDiagV3", "BatchMatrixDiag")]
internal sealed class MatrixDiag : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var diagonal = c.WithRankAtLeast(c.Input(0), 1);
        if (!diagonal.HasRank)
            return;
        if (c.InputCount == 1)
        {
            c.SetOutput(0, diagonal.Concat(PartialShape.Vector(diagonal[-1])));
            return;
        }
        if (c.InputTensor(1) is not { } k)
            return;
        var limits = DiagonalBand.Limits(k);
        var batch = c.WithRankAtLeast(diagonal, limits.Lower == limits.Upper ? 1 : 2).Slice(0, diagonal.Rank - (limits.Lower == limits.Upper ? 1 : 2));
        if (c.InputScalar(2) is { } rows && c.InputScalar(3) is { } columns && diagonal[-1] >= 0)
        {
            var band = Band(diagonal[-1], limits, rows, columns, default);
            c.SetOutput(0, batch.Concat(new PartialShape(band.Rows, band.Columns)));
        }
        else
        {
            c.SetOutput(0, batch.Concat(PartialShape.OfRank(2)));
        }
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("T", TypeGroups.Plain);
        var alignment = DiagonalBand.Alignment(node.Node);
        var zero = Tensor.Zeros(type, Shape.Scalar);
        return Kernel.From(context =>
        {
            var diagonal = context.Input(0);
            var isFirst = context.InputCount == 1;
            var limits = DiagonalBand.Limits(isFirst ? null : context.Input(1));
            var inner = limits.Lower == limits.Upper ? 1 : 2;
            if (diagonal.Rank < inner)
                throw EngineException.InvalidArgument($"diagonal must be at least {inner}-dim, received shape: {diagonal.Shape}");
            if (inner == 2 && diagonal.Shape[-2] != limits.Upper - limits.Lower + 1)
                throw EngineException.InvalidArgument($"The number of rows of the diagonal ({diagonal.Shape[-2]}) must be the number of diagonals between {limits.Lower} and {limits.Upper}");
            var padding = isFirst ? zero : context.Input(4);
            if (padding.Rank != 0)
                throw EngineException.InvalidArgument($"padding_value must be a scalar, received shape: {padding.Shape}");
            var rows = isFirst ? -1 : IndexTensor.Scalar(context.Input(2), "num_rows");
            var columns = isFirst ? -1 : IndexTensor.Scalar(context.Input(3), "num_cols");
            var band = Band(diagonal.Shape[-1], limits, rows, columns, alignment);
            var result = context.Allocate(0, diagonal.Shape.Slice(0, diagonal.Rank - inner).Concat(Shape.Matrix(band.Rows, band.Columns)));
            StridedCopy.Fill(context.Workers, padding, result);
            band.Move(result, diagonal, toMatrix: true);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var gradients = new Gradient?[g.InputCount];
        gradients[0] = g.InputCount == 1
            ? g.Node("MatrixDiagPart", g.OutputGradient(0))
            : MatrixDiagPart.Make(g, g.OutputGradient(0), g.Input(1));
        return gradients;
    }

    // The smallest matrix that holds the diagonals, unless larger sizes are asked for; one of the two must be as small as can be.
    private static DiagonalBand Band(long length, (long Lower, long Upper) limits, long rows, long columns, (bool Above, bool Below) left)
    {
        var minimumRows = length - Math.Min(limits.Upper, 0);
        var minimumColumns = length + Math.Max(limits.Lower, 0);
        if (rows == -1 && columns == -1)
            rows = columns = Math.Max(minimumRows, minimumColumns);
        rows = rows == -1 ? minimumRows : rows;
        columns = columns == -1 ? minimumColumns : columns;
        if (rows < minimumRows)
            throw EngineException.InvalidArgument($"The number of rows is too small: {rows} < {minimumRows}");
        if (columns < minimumColumns)
            throw EngineException.InvalidArgument($"The number of columns is too small: {columns} < {minimumColumns}");
        if (rows != minimumRows && columns != minimumColumns)
            throw EngineException.InvalidArgument("The number of rows or columns is not consistent with the specified d_lower, d_upper, and diagonal.");
        // A diagonal outside of the matrix would have a negative length.
        if (limits.Lower <= -rows && rows > 0 || limits.Upper >= columns && columns > 0)
            throw EngineException.InvalidArgument($"Diagonals {limits.Lower} to {limits.Upper} do not all lie in a matrix of {rows} rows and {columns} columns");
        return new(rows, columns, limits.Lower, limits.Upper, length, left.Above, left.Below);
    }
}
