using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.LinearAlgebra;

/// <summary>The inverse of a matrix, or of its adjoint.</summary>
[Op("MatrixInverse", "BatchMatrixInverse")]
internal sealed class MatrixInverse : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, MatrixStack.InferSquare(c));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        bool adjoint = node.Bool("adjoint");
        return MatrixKernels.Map(node, a => Compute(a, adjoint), a => Compute(a, adjoint), half: true);
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        bool adjoint = g.Attr("adjoint").AsBool();
        Value inverse = g.Output(0);
        Value inner = MatrixGradients.Product(g, g.OutputGradient(0), inverse, adjoint, !adjoint);
        return [g.Node("Neg", MatrixGradients.Product(g, inverse, inner, adjointX: !adjoint))];
    }

    private static Matrix<T> Compute<T>(Matrix<T> a, bool adjoint)
        where T : unmanaged, INumberBase<T>
    {
        var lu = new LuDecomposition<T>(adjoint ? a.Adjoint() : a);
        return lu.IsSingular ? throw EngineException.InvalidArgument("Input is not invertible.") : lu.Solve(Matrix<T>.Identity(a.Rows, a.Rows));
    }
}
