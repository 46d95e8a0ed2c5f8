using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Solves systems of linear equations with a triangular matrix; outer dimensions broadcast.</summary>
[Op("MatrixTriangularSolve", "BatchMatrixTriangularSolve")]
internal sealed class MatrixTriangularSolve : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape matrix = MatrixStack.InferSquare(c), right = c.WithRankAtLeast(c.Input(1), 2);
        if (matrix.HasRank && right.HasRank)
            c.SetOutput(0, c.Broadcast(MatrixStack.Outer(matrix), MatrixStack.Outer(right)).Concat(new PartialShape(right[-2] < 0 ? matrix[-1] : right[-2], right[-1])));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        bool lower = node.Bool("lower"), adjoint = node.Bool("adjoint");
        return node.Type("T") switch
        {
            DType.Float32 or DType.Float64 => new TriangularSolveKernel<double>((a, b) => Triangular.Solve(a, b, lower, adjoint)),
            DType.Complex64 or DType.Complex128 => new TriangularSolveKernel<Complex>((a, b) => Triangular.Solve(a, b, lower, adjoint)),
            _ => throw node.NoKernel(),
        };
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        bool lower = g.Attr("lower").AsBool(), adjoint = g.Attr("adjoint").AsBool();
        Value x = g.Output(0);
        Value right = g.NewNode("MatrixTriangularSolve").Input(g.Input(0)).Input(g.OutputGradient(0)).Attr("lower", lower).Attr("adjoint", !adjoint).Build()[0];
        Value matrix = adjoint ? MatrixGradients.Product(g, x, right, adjointY: true) : MatrixGradients.Product(g, right, x, adjointY: true);
        matrix = MatrixGradients.Band(g, g.Node("Neg", matrix), lower ? -1 : 0, lower ? 0 : -1);
        return [g.SumToShapeOf(matrix, g.Input(0)), g.SumToShapeOf(right, g.Input(1))];
    }
}
