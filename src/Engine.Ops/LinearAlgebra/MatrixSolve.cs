using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Solves systems of linear equations, several right-hand sides at once.</summary>
[Op("MatrixSolve", "BatchMatrixSolve")]
internal sealed class MatrixSolve : IOp
{
    public static void InferShapes(InferenceContext c) => SystemShapes.Infer(c, square: true);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        bool adjoint = node.Bool("adjoint");
        return MatrixKernels.Create(node, SystemShapes.Plan, m => [Compute(m[0], m[1], adjoint)], m => [Compute(m[0], m[1], adjoint)], 2);
    }


    public static Gradient?[] Gradient(GradientContext g)
    {
        bool adjoint = g.Attr("adjoint").AsBool();
        Value x = g.Output(0);
        Value right = g.NewNode("MatrixSolve").Input(g.Input(0)).Input(g.OutputGradient(0)).Attr("adjoint", !adjoint).Build()[0];
        Value matrix = adjoint ? MatrixGradients.Product(g, x, right, adjointY: true) : MatrixGradients.Product(g, right, x, adjointY: true);
        return [g.Node("Neg", matrix), right];
    }

    private static Matrix<T> Compute<T>(Matrix<T> a, Matrix<T> b, bool adjoint)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var lu = new LuDecomposition<T>(adjoint ? a.Adjoint() : a);
        return lu.IsSingular ? throw EngineException.InvalidArgument("Input matrix is not invertible.") : lu.Solve(b);
    }
}
