using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Eigenvalues and eigenvectors of general matrices.</summary>
[Op("Eig")]
internal sealed class Eig : IOp
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
        bool vectors = node.Bool("compute_v"), real = !node.Type("T").IsComplex();
        if (node.Type("T") is not (DType.Float32 or DType.Float64 or DType.Complex64 or DType.Complex128))
            throw node.NoKernel();
        if ((node.Type("T") is DType.Float32 or DType.Complex64) != (node.Type("Tout") == DType.Complex64))
            throw node.NoKernel();
        return new MatrixKernel<Complex>(context => Plan(context, vectors), m => Compute(m[0], vectors, real), 1);
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        Value e = g.Output(0), a;
        Value diagonal = g.Node("MatrixDiag", g.OutputGradient(0));
        if (g.Attr("compute_v").AsBool())
        {
            Value v = g.Output(1), adjoint = MatrixGradients.Adjoint(g, v);
            Value product = MatrixGradients.Product(g, adjoint, g.OutputGradient(1));
            Value real = g.Cast(g.NewNode("Real").Input(product).Attr("Tout", e.Type == DType.Complex64 ? DType.Float32 : DType.Float64).Build()[0], e.Type);
            Value along = MatrixGradients.Product(g, MatrixGradients.Product(g, adjoint, v), g.Node("MatrixDiag", g.Node("MatrixDiagPart", real)));
            Value f = g.Node("Conj", MatrixGradients.ReciprocalDifferences(g, e));
            Value middle = g.Node("AddV2", diagonal, g.Node("Mul", f, g.Node("Sub", product, along)));
            a = g.Node("MatrixSolve", adjoint, MatrixGradients.Product(g, middle, adjoint));
        }
        else
        {
            Value v = g.NewNode("Eig").Input(g.Input(0)).Attr("Tout", e.Type).Build()[1];
            Value adjoint = MatrixGradients.Adjoint(g, v);
            a = g.Node("MatrixSolve", adjoint, MatrixGradients.Product(g, diagonal, adjoint));
        }
        return [g.Cast(a, g.Type("T"))];
    }

    private static Shape[] Plan(KernelContext context, bool vectors)
    {
        MatrixStack.CheckSquare(context.Input(0));
        long n = context.Input(0).Shape[-1];
        return [Shape.Vector(n), vectors ? Shape.Matrix(n, n) : Shape.Vector(0)];
    }

    private static Matrix<Complex>[] Compute(Matrix<Complex> a, bool vectors, bool real)
    {
        var schur = new ComplexSchur(a);
        int n = a.Rows;
        var values = new Matrix<Complex>(n, 1);
        for (int i = 0; i < n; i++)
            values[i, 0] = schur.T[i, i];
        if (real)
            PairConjugates(values.Items, schur.T.ColumnNorm());
        return vectors ? [values, Vectors(schur)] : [values];
    }

    /// <summary>The eigenvalues of a real matrix are real or come in pairs, exactly so.</summary>
    private static void PairConjugates(Complex[] values, double norm)
    {
        var isPaired = new bool[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (isPaired[i])
                continue;
            if (Math.Abs(values[i].Imaginary) <= 1e-13 * norm)
            {
                values[i] = values[i].Real;
                continue;
            }
            int partner = -1;
            for (int j = i + 1; j < values.Length; j++)
            {
                if (!isPaired[j] && (partner < 0 || Distance(j) < Distance(partner)))
                    partner = j;
            }
            if (partner < 0)
                continue;
            isPaired[partner] = true;
            values[partner] = Complex.Conjugate(values[i]);

            double Distance(int j) => Complex.Abs(values[j] - Complex.Conjugate(values[i]));
        }
    }

    private static Matrix<Complex> Vectors(ComplexSchur schur)
    {
        Matrix<Complex> t = schur.T;
        int n = t.Rows;
        double tiny = Math.Max(t.ColumnNorm() * 1e-16, 1e-300);
        Matrix<Complex> x = Matrix<Complex>.Identity(n, n);
        for (int k = 0; k < n; k++)
        {
            for (int i = k - 1; i >= 0; i--)
            {
                Complex sum = 0;
                for (int j = i + 1; j <= k; j++)
                    sum -= t[i, j] * x[j, k];
                Complex difference = t[i, i] - t[k, k];
                x[i, k] = sum / (Complex.Abs(difference) < tiny ? tiny : difference);
            }
        }
        Matrix<Complex> v = schur.Q * x;
        for (int k = 0; k < n; k++)
        {
            double norm = 0;
            for (int i = 0; i < n; i++)
                norm += Field<Complex>.Norm(v[i, k]);
            for (int i = 0; i < n; i++)
                v[i, k] /= Math.Sqrt(norm);
        }
        return v;
    }
}
