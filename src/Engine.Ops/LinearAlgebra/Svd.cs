using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Singular values, descending, with the left and right singular vectors.</summary>
[Op("Svd", "BatchSvd")]
internal sealed class Svd : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape input = c.WithRankAtLeast(c.Input(0), 2);
        if (!input.HasRank)
            return;
        PartialShape outer = MatrixStack.Outer(input);
        long rows = input[-2], columns = input[-1], inner = rows < 0 || columns < 0 ? -1 : Math.Min(rows, columns);
        bool vectors = c.Attr("compute_uv").AsBool(), full = c.Attr("full_matrices").AsBool();
        c.SetOutput(0, outer.Concat(PartialShape.Vector(inner)));
        c.SetOutput(1, vectors ? outer.Concat(new PartialShape(rows, full ? rows : inner)) : PartialShape.Vector(0));
        c.SetOutput(2, vectors ? outer.Concat(new PartialShape(columns, full ? columns : inner)) : PartialShape.Vector(0));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        bool vectors = node.Bool("compute_uv"), full = node.Bool("full_matrices");
        return MatrixKernels.Create(node, context => Plan(context, vectors, full), m => Compute(m[0], vectors, full), m => Compute(m[0], vectors, full));
    }


    public static Gradient?[] Gradient(GradientContext g) => [SvdGradient.Build(g)];

    private static Shape[] Plan(KernelContext context, bool vectors, bool full)
    {
        MatrixStack.Check(context.Input(0));
        long rows = context.Input(0).Shape[-2], columns = context.Input(0).Shape[-1], inner = Math.Min(rows, columns);
        Shape none = Shape.Vector(0);
        return
        [
            Shape.Vector(inner),
            vectors ? Shape.Matrix(rows, full ? rows : inner) : none,
            vectors ? Shape.Matrix(columns, full ? columns : inner) : none,
        ];
    }

    private static Matrix<T>[] Compute<T>(Matrix<T> a, bool vectors, bool full)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var svd = new SingularValues<T>(a, full);
        return vectors ? [svd.S, svd.U, svd.V] : [svd.S];
    }
}
