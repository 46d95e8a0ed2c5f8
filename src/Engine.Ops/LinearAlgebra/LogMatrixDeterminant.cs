using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.LinearAlgebra;

/// <summary>The sign of the determinant and the logarithm of its magnitude: 0 and -∞ for a singular matrix.</summary>
[Op("LogMatrixDeterminant")]
internal sealed class LogMatrixDeterminant : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape outer = MatrixStack.Outer(MatrixStack.InferSquare(c));
        c.SetOutputs(outer);
    }

    public static Kernel CreateKernel(KernelBuilder node) => MatrixKernels.Create(node, Plan, m => Compute(m[0]), m => Compute(m[0]));

    public static Gradient?[] Gradient(GradientContext g) => [MatrixGradients.TimesInverseAdjoint(g, g.OutputGradient(1))];

    private static Shape[] Plan(KernelContext context)
    {
        MatrixStack.CheckSquare(context.Input(0));
        return [Shape.Scalar, Shape.Scalar];
    }

    private static Matrix<T>[] Compute<T>(Matrix<T> a)
        where T : unmanaged, INumberBase<T>
    {
        var lu = new LuDecomposition<T>(a);
        Matrix<T> sign = new(1, 1), logarithm = new(1, 1);
        T product = Field<T>.Of(lu.Sign);
        double sum = 0;
        for (int i = 0; i < a.Rows; i++)
        {
            double size = Field<T>.Magnitude(lu.Factors[i, i]);
            sum += Math.Log(size);
            product *= size == 0 ? T.Zero : lu.Factors[i, i] / Field<T>.Of(size);
        }
        sign[0, 0] = product;
        logarithm[0, 0] = Field<T>.Of(sum);
        return [sign, logarithm];
    }
}
