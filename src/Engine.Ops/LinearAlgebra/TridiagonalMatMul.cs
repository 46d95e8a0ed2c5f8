using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.LinearAlgebra;

/// <summary>The product of tridiagonal matrices, given by their diagonals, and others.</summary>
[Op("TridiagonalMatMul")]
internal sealed class TridiagonalMatMul : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.WithRankAtLeast(c.Input(3), 2));

    public static Kernel CreateKernel(KernelBuilder node)
        => MatrixKernels.Create(node, Plan, m => [Compute(m[0], m[1], m[2], m[3])], m => [Compute(m[0], m[1], m[2], m[3])], 4);

    public static Gradient?[] Gradient(GradientContext g)
    {
        // Each diagonal is a row: its gradient is the sum over the columns of gradient times right-hand side, shifted.
        Value d = g.OutputGradient(0), right = g.Conjugate(g.Input(3));
        Value super = g.Conjugate(g.Input(0)), main = g.Conjugate(g.Input(1)), sub = g.Conjugate(g.Input(2));
        Value product = g.NewNode("TridiagonalMatMul").Input(Shifted(sub, -1)).Input(main).Input(Shifted(super, 1)).Input(d).Build()[0];
        return [Diagonal(1), Diagonal(0), Diagonal(-1), product];

        Value Diagonal(int offset)
        {
            Value rows = g.Node("Sum", g.Node("Mul", offset == 0 ? right : Moved(right, offset, -2), d), g.Int(-1));
            return g.Node("ExpandDims", rows, g.Int(-2));
        }

        Value Shifted(Value diagonal, int offset) => Moved(diagonal, -offset, -1);

        // Element i becomes element i + offset; zero where there is none.
        Value Moved(Value value, int offset, int axis)
        {
            Value rolled = g.Node("Roll", value, g.Int(-offset), g.Int(axis));
            Value size = FromShape(value, axis), index = g.Node("Range", g.Int(0), size, g.Int(1));
            Value inside = offset > 0 ? g.Node("Less", index, g.Node("Sub", size, g.Int(1))) : g.Node("Greater", index, g.Int(0));
            Value mask = g.Cast(inside, value.Type.Base());
            return g.Node("Mul", rolled, axis == -2 ? g.Node("ExpandDims", mask, g.Int(-1)) : mask);
        }

        Value FromShape(Value value, int axis) => g.NewNode("StridedSlice").Input(g.ShapeOf(value)).Input(g.Ints(axis)).Input(g.Ints(axis + 1))
            .Input(g.Ints(1)).Attr("shrink_axis_mask", 1).Attr("end_mask", axis == -1 ? 1 : 0).Build()[0];
    }

    private static Shape[] Plan(KernelContext context)
    {
        Tensor right = context.Input(3);
        MatrixStack.Check(right);
        for (int i = 0; i < 3; i++)
        {
            Tensor diagonal = context.Input(i);
            MatrixStack.Check(diagonal);
            if (diagonal.Shape[-2] != 1 || diagonal.Shape[-1] != right.Shape[-2])
                throw EngineException.InvalidArgument($"Diagonals must be rows of {right.Shape[-2]} elements, got {diagonal.Shape}");
        }
        return [right.Shape.Slice(right.Rank - 2)];
    }

    private static Matrix<T> Compute<T>(Matrix<T> super, Matrix<T> main, Matrix<T> sub, Matrix<T> right)
        where T : unmanaged, INumberBase<T>
    {
        var product = new Matrix<T>(right.Rows, right.Columns);
        for (int i = 0; i < right.Rows; i++)
        {
            for (int j = 0; j < right.Columns; j++)
            {
                T sum = main[0, i] * right[i, j];
                if (i + 1 < right.Rows)
                    sum += super[0, i] * right[i + 1, j];
                if (i > 0)
                    sum += sub[0, i] * right[i - 1, j];
                product[i, j] = sum;
            }
        }
        return product;
    }
}
