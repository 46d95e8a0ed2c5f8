using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.LinearAlgebra;

/// <summary>The gradient of the QR decomposition; wide matrices are reduced to the square part.</summary>
internal static class QrGradient
{
    internal static Value Build(GradientContext g)
    {
        Value q = g.Output(0), r = g.Output(1), dq = g.OutputGradient(0), dr = g.OutputGradient(1);
        PartialShape shape = g.Input(0).Shape;
        if (!shape.HasRank || shape[-1] < 0 || shape[-2] < 0)
            throw EngineException.InvalidArgument("QrGrad needs matrices of known size.").At(g.Node.Name, g.Node.Op);
        int rows = (int)shape[-2], columns = (int)shape[-1];
        if (rows > columns && g.Attr("full_matrices").AsBool())
            throw EngineException.InvalidArgument("QrGrad is not defined for full matrices with more rows than columns.").At(g.Node.Name, g.Node.Op);
        if (rows >= columns)
            return Deep(g, q, r, dq, dr);
        Value y = MatrixGradients.Columns(g, g.Input(0), rows, columns), dv = MatrixGradients.Columns(g, dr, rows, columns);
        Value dx = Deep(
            g,
            q,
            MatrixGradients.Columns(g, r, 0, rows),
            g.Node("AddV2", dq, MatrixGradients.Product(g, y, dv, adjointY: true)),
            MatrixGradients.Columns(g, dr, 0, rows));
        return g.Concat(-1, dx, MatrixGradients.Product(g, q, dv));
    }

    private static Value Deep(GradientContext g, Value q, Value r, Value dq, Value dr)
    {
        Value qdq = MatrixGradients.Product(g, q, dq, adjointX: true), rdr = MatrixGradients.Product(g, r, dr, adjointY: true);
        Value both = g.Node("AddV2", g.Node("Sub", qdq, MatrixGradients.Adjoint(g, qdq)), g.Node("Sub", rdr, MatrixGradients.Adjoint(g, rdr)));
        Value first = MatrixGradients.Product(g, q, g.Node("AddV2", dr, TimesInverseAdjoint(g, MatrixGradients.Band(g, both, -1, 0), r)));
        Value second = TimesInverseAdjoint(g, g.Node("Sub", dq, MatrixGradients.Product(g, q, qdq)), r);
        Value sum = g.Node("AddV2", first, second);
        if (!q.Type.Base().IsComplex())
            return sum;
        // The diagonal of R is real, which the imaginary part must respect.
        Value m = g.Node("MatrixDiagPart", g.Node("Sub", rdr, MatrixGradients.Adjoint(g, qdq)));
        Value imaginary = g.Node("Mul", g.Node("Sub", m, g.Node("Conj", m)), g.Scalar(0.5, m.Type.Base()));
        Value correction = g.Node("MatrixDiag", g.Node("Conj", imaginary));
        return g.Node("AddV2", sum, TimesInverseAdjoint(g, MatrixGradients.Product(g, q, correction), r));
    }

    /// <summary>x times the inverse of the adjoint of an upper triangle.</summary>
    private static Value TimesInverseAdjoint(GradientContext g, Value x, Value r) => MatrixGradients.Adjoint(
        g, g.NewNode("MatrixTriangularSolve").Input(r).Input(MatrixGradients.Adjoint(g, x)).Attr("lower", false).Attr("adjoint", false).Build()[0]);
}
