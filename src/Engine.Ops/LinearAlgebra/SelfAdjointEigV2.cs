using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Eigenvalues, ascending, and eigenvectors of self-adjoint matrices, of which the lower triangles are read.</summary>
[Op("SelfAdjointEigV2", "BatchSelfAdjointEigV2")]
internal sealed class SelfAdjointEigV2 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape input = MatrixStack.InferSquare(c);
        if (input.HasRank)
            c.SetOutput(0, input.Slice(0, input.Rank - 1));
        c.SetOutput(1, c.Attr("compute_v").AsBool() ? input : PartialShape.Vector(0));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        bool vectors = node.Bool("compute_v");
        return MatrixKernels.Create(node, context => Plan(context, vectors), m => Compute(m[0], vectors), m => Compute(m[0], vectors));
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        Value e = g.Output(0), diagonal = g.Node("MatrixDiag", g.OutputGradient(0)), v, middle = diagonal;
        if (g.Attr("compute_v").AsBool())
        {
            v = g.Output(1);
            Value inner = MatrixGradients.Product(g, v, g.OutputGradient(1), adjointX: true);
            middle = g.Node("AddV2", diagonal, g.Node("Mul", MatrixGradients.ReciprocalDifferences(g, e), inner));
        }
        else
        {
            v = g.NewNode("SelfAdjointEigV2").Input(g.Input(0)).Build()[1];
        }
        Value a = MatrixGradients.Product(g, v, MatrixGradients.Product(g, middle, v, adjointY: true));
        // The forward op reads the lower triangle alone.
        return [MatrixGradients.LowerWithHalfDiagonal(g, g.Node("AddV2", a, MatrixGradients.Adjoint(g, a)))];
    }

    private static Shape[] Plan(KernelContext context, bool vectors)
    {
        MatrixStack.CheckSquare(context.Input(0));
        long n = context.Input(0).Shape[-1];
        return [Shape.Vector(n), vectors ? Shape.Matrix(n, n) : Shape.Vector(0)];
    }

    private static Matrix<T>[] Compute<T>(Matrix<T> a, bool vectors)
        where T : unmanaged, INumberBase<T>
    {
        var eigen = new HermitianEigen<T>(a);
        return vectors ? [eigen.Values, eigen.Vectors] : [eigen.Values];
    }
}
