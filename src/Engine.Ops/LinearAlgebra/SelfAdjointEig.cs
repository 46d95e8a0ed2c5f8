using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Eigenvalues, in the first row, and eigenvectors, below, of self-adjoint matrices.</summary>
[Op("SelfAdjointEig", "BatchSelfAdjointEig")]
internal sealed class SelfAdjointEig : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape input = MatrixStack.InferSquare(c);
        if (input.HasRank)
            c.SetOutput(0, input.With(input.Rank - 2, input[-1] < 0 ? -1 : input[-1] + 1));
    }

    public static Kernel CreateKernel(KernelBuilder node) => MatrixKernels.Create(node, Plan, m => [Compute(m[0])], null);

    private static Shape[] Plan(KernelContext context)
    {
        MatrixStack.CheckSquare(context.Input(0));
        long n = context.Input(0).Shape[-1];
        return [Shape.Matrix(n + 1, n)];
    }

    private static Matrix<double> Compute(Matrix<double> a)
    {
        var eigen = new HermitianEigen<double>(a);
        var both = new Matrix<double>(a.Rows + 1, a.Rows);
        eigen.Values.Items.CopyTo(both.Items, 0);
        eigen.Vectors.Items.CopyTo(both.Items, a.Rows);
        return both;
    }
}
