using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.LinearAlgebra;

/// <summary>A matrix as the product of one with orthonormal columns and an upper triangle.</summary>
[Op("Qr")]
internal sealed class Qr : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape input = c.WithRankAtLeast(c.Input(0), 2);
        if (!input.HasRank)
            return;
        PartialShape outer = MatrixStack.Outer(input);
        long rows = input[-2], columns = input[-1], inner = rows < 0 || columns < 0 ? -1 : Math.Min(rows, columns);
        if (c.Attr("full_matrices").AsBool())
            inner = rows;
        c.SetOutput(0, outer.Concat(new PartialShape(rows, inner)));
        c.SetOutput(1, outer.Concat(new PartialShape(inner, columns)));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        bool full = node.Bool("full_matrices");
        return MatrixKernels.Create(node, context => Plan(context, full), m => Compute(m[0], full), m => Compute(m[0], full), half: true);
    }

    public static Gradient?[] Gradient(GradientContext g) => [QrGradient.Build(g)];

    private static Shape[] Plan(KernelContext context, bool full)
    {
        MatrixStack.Check(context.Input(0));
        long rows = context.Input(0).Shape[-2], columns = context.Input(0).Shape[-1], inner = full ? rows : Math.Min(rows, columns);
        return [Shape.Matrix(rows, inner), Shape.Matrix(inner, columns)];
    }

    private static Matrix<T>[] Compute<T>(Matrix<T> a, bool full)
        where T : unmanaged, INumberBase<T>
    {
        var qr = new QrDecomposition<T>(a);
        int inner = full ? a.Rows : Math.Min(a.Rows, a.Columns);
        return [qr.Q(inner), qr.R(inner)];
    }
}
