using System.Numerics;
using Engine.OpModel;

namespace Engine.Ops.LinearAlgebra;

/// <summary>The principal logarithm of a complex matrix.</summary>
[Op("MatrixLogarithm")]
internal sealed class MatrixLogarithm : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, MatrixStack.InferSquare(c));

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T").IsComplex()
        ? MatrixKernels.Create(node, MatrixKernels.SameSquare, m => m, m => [Compute(m[0])])
        : throw node.NoKernel();

    private static Matrix<Complex> Compute(Matrix<Complex> a)
    {
        var schur = new ComplexSchur(a);
        return schur.Q * TriangularFunctions.Logarithm(schur.T) * schur.Q.Adjoint();
    }
}
