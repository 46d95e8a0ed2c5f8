using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.LinearAlgebra;

/// <summary>The gradient of the singular value decomposition (Giles, "An extended collection of matrix derivative results", 2008).</summary>
internal static class SvdGradient
{
    internal static Value Build(GradientContext g)
    {
        Value a = g.Input(0);
        DType type = a.Type.Base();
        Value ds = g.Node("MatrixDiag", g.Cast(g.OutputGradient(0), type));
        if (!g.Attr("compute_uv").AsBool())
        {
            Node svd = g.NewNode("Svd").Input(a).Attr("compute_uv", true).Build();
            return MatrixGradients.Product(g, svd[1], MatrixGradients.Product(g, ds, svd[2], adjointY: true));
        }
        PartialShape shape = a.Shape;
        if (!shape.HasRank || shape[-1] < 0 || shape[-2] < 0)
            throw EngineException.InvalidArgument("SVD gradient needs matrices of known size.").At(g.Node.Name, g.Node.Op);
        bool tall = shape[-2] > shape[-1], full = g.Attr("full_matrices").AsBool();
        int m = (int)Math.Min(shape[-2], shape[-1]), n = (int)Math.Max(shape[-2], shape[-1]);
        if (full && n - m > 1)
            throw EngineException.InvalidArgument("SVD gradient is not defined for full matrices that are far from square.").At(g.Node.Name, g.Node.Op);
        // A tall matrix is the adjoint of a wide one.
        Value u = g.Output(tall ? 2 : 1), v = g.Output(tall ? 1 : 2), du = g.OutputGradient(tall ? 2 : 1), dv = g.OutputGradient(tall ? 1 : 2);
        Value s = g.Cast(g.Output(0), type), sigma = g.Node("MatrixDiag", s);
        Value f = MatrixGradients.ReciprocalDifferences(g, g.Node("Square", s));
        Value v1 = MatrixGradients.Columns(g, v, 0, m), dv1 = MatrixGradients.Columns(g, dv, 0, m);
        Value vdv = Product(v1, dv1, true, false);
        Value fu = g.Node("Mul", f, Product(u, du, true, false)), fv = g.Node("Mul", f, vdv);
        Value middle = g.Node("AddV2", ds, g.Node("AddV2",
            Product(g.Node("AddV2", fu, MatrixGradients.Adjoint(g, fu)), sigma, false, false),
            Product(sigma, g.Node("AddV2", fv, MatrixGradients.Adjoint(g, fv)), false, false)));
        Value inverse = g.Node("MatrixDiag", g.Node("DivNoNan", s, g.Node("AddV2", g.Node("Square", s), g.Scalar(1e-20, type))));
        if (type.IsComplex())
        {
            Value l = g.Node("MatrixDiagPart", vdv);
            Value phase = g.Node("MatrixDiag", g.Node("Mul", g.Node("Sub", g.Node("Conj", l), l), g.Scalar(0.5, type)));
            middle = g.Node("AddV2", middle, Product(inverse, phase, false, false));
        }
        Value gradient = Product(u, Product(middle, v1, false, true), false, false);
        if (m < n)
        {
            Value adjoint = MatrixGradients.Adjoint(g, dv1);
            Value rest = g.Node("Sub", adjoint, Product(Product(adjoint, v1, false, false), v1, false, true));
            if (full)
            {
                Value v2 = MatrixGradients.Columns(g, v, m, n), dv2 = MatrixGradients.Columns(g, dv, m, n);
                rest = g.Node("Sub", rest, Product(Product(v1, dv2, true, false), v2, false, true));
            }
            gradient = g.Node("AddV2", gradient, Product(Product(u, inverse, false, false), rest, false, false));
        }
        return tall ? MatrixGradients.Adjoint(g, gradient) : gradient;

        Value Product(Value x, Value y, bool adjointX, bool adjointY) => MatrixGradients.Product(g, x, y, adjointX, adjointY);
    }
}
