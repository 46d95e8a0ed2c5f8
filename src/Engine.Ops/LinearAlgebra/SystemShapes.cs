using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Shapes of ops that solve systems: a matrix and right-hand sides as columns.</summary>
internal static class SystemShapes
{
    internal static void Infer(InferenceContext c, bool square)
    {
        PartialShape matrix = square ? MatrixStack.InferSquare(c) : c.WithRankAtLeast(c.Input(0), 2), right = c.WithRankAtLeast(c.Input(1), 2);
        if (!matrix.HasRank || !right.HasRank)
            return;
        if (matrix.Rank != right.Rank || (matrix[-2] >= 0 && right[-2] >= 0 && matrix[-2] != right[-2]))
            throw c.Fail($"Input matrix and rhs are incompatible: {matrix} and {right}");
        c.SetOutput(0, MatrixStack.Outer(matrix).Concat(new PartialShape(matrix[-1], right[-1])));
    }

    internal static Shape[] Plan(KernelContext context)
    {
        MatrixStack.CheckSquare(context.Input(0));
        return PlanLeastSquares(context);
    }

    internal static Shape[] PlanLeastSquares(KernelContext context)
    {
        Tensor matrix = context.Input(0), right = context.Input(1);
        MatrixStack.Check(matrix);
        MatrixStack.Check(right);
        if (matrix.Shape[-2] != right.Shape[-2])
            throw EngineException.InvalidArgument($"Input matrix and rhs are incompatible: {matrix.Shape} and {right.Shape}");
        return [Shape.Matrix(matrix.Shape[-1], right.Shape[-1])];
    }
}
