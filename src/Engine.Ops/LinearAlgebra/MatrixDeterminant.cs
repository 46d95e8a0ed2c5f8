using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.LinearAlgebra;

/// <summary>The determinant.</summary>
[Op("MatrixDeterminant", "BatchMatrixDeterminant")]
internal sealed class MatrixDeterminant : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape outer = MatrixStack.Outer(MatrixStack.InferSquare(c));
        c.SetOutputs(outer);
    }

    public static Kernel CreateKernel(KernelBuilder node) => MatrixKernels.Create(node, Plan, m => [Compute(m[0])], m => [Compute(m[0])]);

    public static Gradient?[] Gradient(GradientContext g)
        => [MatrixGradients.TimesInverseAdjoint(g, g.Node("Mul", g.OutputGradient(0), g.Output(0)))];

    private static Shape[] Plan(KernelContext context)
    {
        MatrixStack.CheckSquare(context.Input(0));
        return [Shape.Scalar];
    }

    private static Matrix<T> Compute<T>(Matrix<T> a)
        where T : unmanaged, INumberBase<T>
    {
        var determinant = new Matrix<T>(1, 1);
        determinant[0, 0] = new LuDecomposition<T>(a).Determinant();
        return determinant;
    }
}
