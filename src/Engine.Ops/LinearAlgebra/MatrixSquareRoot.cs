using System.Numerics;
using Engine.OpModel;

namespace Engine.Ops.LinearAlgebra;

/// <summary>The principal square root of a matrix.</summary>
[Op("MatrixSquareRoot")]
internal sealed class MatrixSquareRoot : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, MatrixStack.InferSquare(c));

    public static Kernel CreateKernel(KernelBuilder node) => MatrixKernels.Map(node, Real, Compute);

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
        var schur = new ComplexSchur(a);
        return schur.Q * TriangularFunctions.SquareRoot(schur.T) * schur.Q.Adjoint();
    }
}
