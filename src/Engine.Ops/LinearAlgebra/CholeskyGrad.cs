using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.LinearAlgebra;

/// <summary>The gradient of the Cholesky decomposition, from its result and the gradient of that.</summary>
[Op("CholeskyGrad", "BatchCholeskyGrad")]
internal sealed class CholeskyGrad : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, MatrixStack.InferSquare(c, 0).Merge(MatrixStack.InferSquare(c, 1)));

    public static Kernel CreateKernel(KernelBuilder node) => MatrixKernels.Create(node, Plan, m => [Compute(m[0], m[1])], null, 2);

    private static Shape[] Plan(KernelContext context)
    {
        MatrixStack.CheckSquare(context.Input(0));
        if (context.Input(0).Shape != context.Input(1).Shape)
            throw EngineException.InvalidArgument($"Inputs to cholesky grad must have the same shape: {context.Input(0).Shape} and {context.Input(1).Shape}");
        return MatrixKernels.SameSquare(context);
    }

    private static Matrix<double> Compute(Matrix<double> l, Matrix<double> gradient)
    {
        for (int i = 0; i < l.Rows; i++)
        {
            l.Row(i)[(i + 1)..].Clear();
            gradient.Row(i)[(i + 1)..].Clear();
        }
        Matrix<double> middle = l.Adjoint() * gradient;
        for (int i = 0; i < l.Rows; i++)
        {
            middle[i, i] /= 2;
            middle.Row(i)[(i + 1)..].Clear();
        }
        // L⁻ᵀ · middle · L⁻¹
        Matrix<double> left = Triangular.Solve(l, middle, lower: true, adjoint: true);
        Matrix<double> a = Triangular.Solve(l, left.Adjoint(), lower: true, adjoint: true);
        return a.Plus(1, a.Adjoint()).Scale(0.5);
    }
}
