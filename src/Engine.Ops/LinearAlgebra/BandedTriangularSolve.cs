using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Solves triangular systems of which the bands are given: the diagonal in the first row of a lower, the last row of an upper triangle.</summary>
[Op("BandedTriangularSolve")]
internal sealed class BandedTriangularSolve : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape bands = c.WithRankAtLeast(c.Input(0), 2), right = c.WithRankAtLeast(c.Input(1), 2);
        if (!bands.HasRank || !right.HasRank)
            return;
        if (bands[-1] >= 0 && right[-2] >= 0 && bands[-1] != right[-2])
            throw c.Fail($"Dimensions must be equal, but are {bands[-1]} and {right[-2]}");
        c.SetOutput(0, c.Broadcast(MatrixStack.Outer(bands), MatrixStack.Outer(right)).Concat(new PartialShape(bands[-1], right[-1])));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        bool lower = node.Bool("lower"), adjoint = node.Bool("adjoint");
        return node.Type("T") switch
        {
            DType.Float32 or DType.Float64 => new TriangularSolveKernel<double>((a, b) => Solve(a, b, lower, adjoint), banded: true),
            DType.Complex64 or DType.Complex128 => new TriangularSolveKernel<Complex>((a, b) => Solve(a, b, lower, adjoint), banded: true),
            _ => throw node.NoKernel(),
        };
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        bool lower = g.Attr("lower").AsBool(), adjoint = g.Attr("adjoint").AsBool();
        Value bands = g.Input(0), x = g.Output(0);
        Value right = g.NewNode("BandedTriangularSolve").Input(bands).Input(g.OutputGradient(0)).Attr("lower", lower).Attr("adjoint", !adjoint).Build()[0];
        Value matrix = adjoint ? MatrixGradients.Product(g, x, right, adjointY: true) : MatrixGradients.Product(g, right, x, adjointY: true);
        Value count = g.NewNode("StridedSlice").Input(g.ShapeOf(bands)).Input(g.Ints(-2)).Input(g.Ints(-1)).Input(g.Ints(1)).Build()[0];
        Value farthest = g.Node("Sub", count, g.Ints(1));
        Value range = lower ? g.Concat(0, g.Node("Neg", farthest), g.Ints(0)) : g.Concat(0, g.Ints(0), farthest);
        Value part = g.NewNode("MatrixDiagPartV3").Input(g.Node("Neg", matrix)).Input(range).Input(g.Scalar(0, bands.Type.Base())).Attr("align", "LEFT_RIGHT").Build()[0];
        return [g.SumToShapeOf(part, bands), g.SumToShapeOf(right, g.Input(1))];
    }

    /// <summary>Column i of the bands holds what row i of the matrix has.</summary>
    private static Matrix<T> Solve<T>(Matrix<T> bands, Matrix<T> x, bool lower, bool adjoint)
        where T : unmanaged, INumberBase<T>
    {
        int n = bands.Columns, count = bands.Rows;
        bool forward = lower != adjoint;
        for (int step = 0; step < n; step++)
        {
            int i = forward ? step : n - 1 - step;
            Span<T> row = x.Row(i);
            for (int distance = 1; distance < count && distance <= step; distance++)
            {
                int other = forward ? i - distance : i + distance;
                T factor = Element(distance, adjoint ? other : i);
                for (int j = 0; j < row.Length; j++)
                    row[j] -= factor * x[other, j];
            }
            T diagonal = Element(0, i);
            foreach (ref T item in row)
                item /= diagonal;
        }
        return x;

        T Element(int distance, int row)
        {
            T value = bands[lower ? distance : count - 1 - distance, row];
            return adjoint ? Field<T>.Conjugate(value) : value;
        }
    }
}
