using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.LinearAlgebra;

/// <summary>The principal square root of a matrix.</summary>
[Op("MatrixSquareRoot")]
internal sealed class MatrixSquareRoot : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, MatrixStack.InferSquare(c));

    public static Kernel CreateKernel(KernelBuilder node) => MatrixKernels.Map(node, Real, Compute);

    public static Gradient?[] Gradient(GradientContext g)
    {
        // The gradient X solves SᴴX + XSᴴ = G: row by row, a system with the Kronecker sum of S's adjoint and its conjugate.
        Value s = g.Output(0), d = g.OutputGradient(0);
        Value identity = g.Node("MatrixDiag", g.Node("OnesLike", g.Node("MatrixDiagPart", s)));
        Value sum = g.Node("AddV2", Kronecker(MatrixGradients.Adjoint(g, s), identity), Kronecker(identity, g.Conjugate(s)));
        Value shape = g.ShapeOf(d);
        Value outer = g.NewNode("StridedSlice").Input(shape).Input(g.Ints(0)).Input(g.Ints(-2)).Input(g.Ints(1)).Attr("begin_mask", 1).Build()[0];
        Value n = g.NewNode("StridedSlice").Input(shape).Input(g.Ints(-1)).Input(g.Ints(0)).Input(g.Ints(1)).Attr("end_mask", 1).Build()[0];
        Value size = g.Node("Square", n);
        Value system = g.Node("Reshape", sum, g.Concat(0, outer, size, size)), right = g.Node("Reshape", d, g.Concat(0, outer, size, g.Ints(1)));
        return [g.Node("Reshape", g.Node("MatrixSolve", system, right), shape)];

        Value Kronecker(Value x, Value y)
            => g.Node("Mul", g.Node("ExpandDims", g.Node("ExpandDims", x, g.Int(-1)), g.Int(-3)), g.Node("ExpandDims", g.Node("ExpandDims", y, g.Int(-2)), g.Int(-4)));
    }

    private static Matrix<double> Real(Matrix<double> a)
    {
        var complex = new Matrix<Complex>(a.Rows, a.Rows);
        for (int i = 0; i < a.Items.Length; i++)
            complex.Items[i] = a.Items[i];
        Matrix<Complex> root = Compute(complex);
        for (int i = 0; i < a.Items.Length; i++)
            a.Items[i] = root.Items[i].Real;
        return a;
    }

    private static Matrix<Complex> Compute(Matrix<Complex> a)
    {
        if (!double.IsFinite(a.ColumnNorm()))
        {
            a.Items.AsSpan().Fill(new Complex(double.NaN, double.NaN));
            return a;
        }
        var schur = new ComplexSchur(a);
        return schur.Q * TriangularFunctions.SquareRoot(schur.T) * schur.Q.Adjoint();
    }
}
