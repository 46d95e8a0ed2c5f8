using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Expressions that the gradients of matrix ops share.</summary>
internal static class MatrixGradients
{
    internal static Value Product(GradientContext g, Value x, Value y, bool adjointX = false, bool adjointY = false)
        => g.NewNode("BatchMatMulV2").Input(x).Input(y).Attr("adj_x", adjointX).Attr("adj_y", adjointY).Build()[0];

    internal static Value Band(GradientContext g, Value matrix, int lower, int upper) => g.Node("MatrixBandPart", matrix, g.Int(lower), g.Int(upper));

    /// <summary>The lower triangle with the diagonal halved.</summary>
    internal static Value LowerWithHalfDiagonal(GradientContext g, Value matrix)
    {
        Value half = g.Node("Mul", g.Node("MatrixDiagPart", matrix), g.Scalar(0.5, matrix.Type.Base()));
        return g.Node("MatrixSetDiag", Band(g, matrix, -1, 0), half);
    }

    /// <summary>The conjugate transpose of each matrix: a product with the identity would do, a permutation is cheaper.</summary>
    internal static Value Adjoint(GradientContext g, Value matrix)
    {
        Value rank = g.Node("Rank", matrix);
        Value outer = g.Node("Range", g.Int(0), g.Node("Sub", rank, g.Int(2)), g.Int(1));
        Value last = g.Node("Reshape", g.Node("Sub", rank, g.Int(1)), g.Ints(1)), before = g.Node("Reshape", g.Node("Sub", rank, g.Int(2)), g.Ints(1));
        return g.Conjugate(g.Node("Transpose", matrix, g.Concat(0, outer, last, before)));
    }

    /// <summary>Columns <paramref name="start"/> to <paramref name="end"/>.</summary>
    internal static Value Columns(GradientContext g, Value matrix, int start, int end) => g.NewNode("StridedSlice").Input(matrix)
        .Input(g.Ints(0, start)).Input(g.Ints(0, end)).Input(g.Ints(1, 1)).Attr("ellipsis_mask", 1).Build()[0];

    /// <summary>A factor for each matrix of input 0, times the inverse of its adjoint.</summary>
    internal static Value TimesInverseAdjoint(GradientContext g, Value factor)
    {
        Value inverse = g.NewNode("MatrixInverse").Input(g.Input(0)).Attr("adjoint", true).Build()[0];
        return g.Node("Mul", g.Node("ExpandDims", g.Node("ExpandDims", factor, g.Int(-1)), g.Int(-1)), inverse);
    }

    /// <summary>1 / (e[j] - e[i]) at [i, j], and 0 where they are equal.</summary>
    internal static Value ReciprocalDifferences(GradientContext g, Value e)
    {
        Value differences = g.Node("Sub", g.Node("ExpandDims", e, g.Int(-2)), g.Node("ExpandDims", e, g.Int(-1)));
        Value safe = g.Node("DivNoNan", differences, g.Node("AddV2", g.Node("Square", differences), g.Scalar(1e-20, e.Type.Base())));
        return g.Node("MatrixSetDiag", safe, g.ZerosLike(e));
    }
}
