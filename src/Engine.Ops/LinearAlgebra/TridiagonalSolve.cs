using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Solves tridiagonal systems: the diagonals are rows (upper, main, lower) of one matrix.</summary>
[Op("TridiagonalSolve")]
internal sealed class TridiagonalSolve : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape diagonals = c.WithRankAtLeast(c.Input(0), 2), right = c.WithRankAtLeast(c.Input(1), 2);
        if (diagonals.HasRank && diagonals[-2] >= 0 && diagonals[-2] != 3)
            throw c.Fail($"Dimension must be 3 but is {diagonals[-2]}");
        c.SetOutput(0, right);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        bool pivot = node.Bool("partial_pivoting");
        if (node.Bool("perturb_singular"))
            throw EngineException.InvalidArgument(pivot ? "perturb_singular is not supported on the CPU." : "Setting perturb_singular requires pivoting.").At(node.Node.Name, node.Node.Op);
        return MatrixKernels.Create(node, Plan, m => [Compute(m[0], m[1], pivot)], m => [Compute(m[0], m[1], pivot)], 2);
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        Value diagonals = g.Input(0), x = g.Conjugate(g.Output(0));
        Value length = g.NewNode("StridedSlice").Input(g.ShapeOf(diagonals)).Input(g.Ints(-1)).Input(g.Ints(0)).Input(g.Ints(1)).Attr("shrink_axis_mask", 1).Build()[0];
        Value index = g.Node("Range", g.Int(0), length, g.Int(1)), last = g.Node("Sub", length, g.Int(1));
        Value notLast = g.Cast(g.Node("Less", index, last), x.Type.Base()), notFirst = g.Cast(g.Node("Greater", index, g.Int(0)), x.Type.Base());
        Value upper = Row(0), main = Row(1), lower = Row(2);
        // The adjoint swaps the outer diagonals, each moved by one.
        Value adjoint = g.NewNode("Pack")
            .Input([g.Node("Mul", g.Node("Roll", lower, g.Int(-1), g.Int(-1)), notLast), main, g.Node("Mul", g.Node("Roll", upper, g.Int(1), g.Int(-1)), notFirst)])
            .Attr("axis", -2).Build()[0];
        Value right = g.NewNode("TridiagonalSolve").Input(g.Conjugate(adjoint)).Input(g.OutputGradient(0))
            .Attr("partial_pivoting", g.Attr("partial_pivoting").AsBool()).Build()[0];
        Value above = g.Node("Mul", Sum(g.Node("Roll", x, g.Int(-1), g.Int(-2))), notLast), below = g.Node("Mul", Sum(g.Node("Roll", x, g.Int(1), g.Int(-2))), notFirst);
        Value all = g.NewNode("Pack").Input([above, Sum(x), below]).Attr("axis", -2).Build()[0];
        return [g.Node("Neg", all), right];

        Value Row(int row) => g.NewNode("GatherV2").Input(diagonals).Input(g.Int(row)).Input(g.Int(-2)).Build()[0];

        Value Sum(Value moved) => g.Node("Sum", g.Node("Mul", right, moved), g.Int(-1));
    }

    private static Shape[] Plan(KernelContext context)
    {
        Tensor diagonals = context.Input(0), right = context.Input(1);
        MatrixStack.Check(diagonals);
        MatrixStack.Check(right);
        if (diagonals.Shape[-2] != 3)
            throw EngineException.InvalidArgument($"Expected diagonals to have 3 rows, got {diagonals.Shape}");
        if (diagonals.Shape[-1] != right.Shape[-2])
            throw EngineException.InvalidArgument($"The length of diagonals and the rows of the right-hand side must be equal: {diagonals.Shape} and {right.Shape}");
        return [right.Shape.Slice(right.Rank - 2)];
    }

    /// <summary>Elimination keeps the upper triangle in three diagonals: pivoting moves a row up by one at most.</summary>
    private static Matrix<T> Compute<T>(Matrix<T> diagonals, Matrix<T> x, bool pivot)
        where T : unmanaged, INumberBase<T>
    {
        int n = x.Rows;
        var u = new T[n, 3];
        for (int i = 0; i < n; i++)
            (u[i, 0], u[i, 1]) = (diagonals[1, i], i + 1 < n ? diagonals[0, i] : T.Zero);
        for (int i = 0; i + 1 < n; i++)
        {
            T below = diagonals[2, i + 1], next = u[i + 1, 0], afterNext = u[i + 1, 1];
            if (pivot && Field<T>.Magnitude(below) > Field<T>.Magnitude(u[i, 0]))
            {
                T first = u[i, 0], second = u[i, 1];
                (u[i, 0], u[i, 1], u[i, 2]) = (below, next, afterNext);
                (below, next, afterNext) = (first, second, T.Zero);
                for (int j = 0; j < x.Columns; j++)
                    (x[i, j], x[i + 1, j]) = (x[i + 1, j], x[i, j]);
            }
            T factor = T.IsZero(u[i, 0]) && T.IsZero(below) ? T.Zero : below / u[i, 0];
            u[i + 1, 0] = next - factor * u[i, 1];
            u[i + 1, 1] = afterNext - factor * u[i, 2];
            for (int j = 0; j < x.Columns; j++)
                x[i + 1, j] -= factor * x[i, j];
        }
        for (int i = n - 1; i >= 0; i--)
        {
            for (int j = 0; j < x.Columns; j++)
            {
                T sum = x[i, j];
                if (i + 1 < n)
                    sum -= u[i, 1] * x[i + 1, j];
                if (i + 2 < n)
                    sum -= u[i, 2] * x[i + 2, j];
                x[i, j] = sum / u[i, 0];
            }
        }
        return x;
    }
}
