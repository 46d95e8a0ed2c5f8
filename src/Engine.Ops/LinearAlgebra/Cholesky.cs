using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.LinearAlgebra;

/// <summary>A positive definite matrix as the product of a lower triangle and its adjoint; NaN for other matrices.</summary>
[Op("Cholesky", "BatchCholesky")]
internal sealed class Cholesky : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, MatrixStack.InferSquare(c));

    public static Kernel CreateKernel(KernelBuilder node) => MatrixKernels.Map(node, Answer, Answer);


    public static Gradient?[] Gradient(GradientContext g)
    {
        // Iain Murray, "Differentiation of the Cholesky decomposition" (2016).
        Value l = g.Output(0);
        Value inverse = g.Node("MatrixInverse", l);
        Value middle = MatrixGradients.Product(g, l, g.OutputGradient(0), adjointX: true);
        middle = MatrixGradients.LowerWithHalfDiagonal(g, middle);
        Value a = MatrixGradients.Product(g, MatrixGradients.Product(g, inverse, middle, adjointX: true), inverse);
        return [g.Node("Mul", g.Node("AddV2", a, MatrixGradients.Adjoint(g, a)), g.Scalar(0.5, a.Type.Base()))];
    }

    /// <summary>The lower triangle, or null when the matrix is not positive definite. Only its lower triangle is read.</summary>
    internal static Matrix<T>? Factor<T>(Matrix<T> a)
        where T : unmanaged, INumberBase<T>
    {
        var l = new Matrix<T>(a.Rows, a.Rows);
        for (int j = 0; j < a.Rows; j++)
        {
            for (int i = j; i < a.Rows; i++)
            {
                T sum = i == j ? Field<T>.Of(Field<T>.Real(a[i, j])) : a[i, j];
                ReadOnlySpan<T> x = l.Row(i)[..j], y = l.Row(j)[..j];
                for (int k = 0; k < j; k++)
                    sum -= x[k] * Field<T>.Conjugate(y[k]);
                if (i > j)
                    l[i, j] = sum / l[j, j];
                else if (Field<T>.Real(sum) > 0)
                    l[j, j] = Field<T>.Of(Math.Sqrt(Field<T>.Real(sum)));
                else
                    return null;
            }
        }
        return l;
    }

    private static Matrix<T> Answer<T>(Matrix<T> a)
        where T : unmanaged, INumberBase<T>
    {
        if (Factor(a) is { } l)
            return l;
        var none = new Matrix<T>(a.Rows, a.Rows);
        for (int i = 0; i < a.Rows; i++)
            none.Row(i)[..(i + 1)].Fill(Field<T>.Of(double.NaN));
        return none;
    }
}
