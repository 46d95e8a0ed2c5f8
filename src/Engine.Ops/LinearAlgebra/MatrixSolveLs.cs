using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Least squares: the normal equations with a regulariser, or the solution of least norm by singular values.</summary>
[Op("MatrixSolveLs", "BatchMatrixSolveLs")]
internal sealed class MatrixSolveLs : IOp
{
    public static void InferShapes(InferenceContext c) => SystemShapes.Infer(c, square: false);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        bool fast = node.Bool("fast");
        return node.Type("T") switch
        {
            DType.Float32 or DType.Float64 => Kernel.From(context => Run<double>(context, fast)),
            DType.Complex64 or DType.Complex128 => Kernel.From(context => Run<System.Numerics.Complex>(context, fast)),
            _ => throw node.NoKernel(),
        };
    }


    public static Gradient?[] Gradient(GradientContext g)
    {
        PartialShape shape = g.Input(0).Shape;
        if (!g.Attr("fast").AsBool() || !shape.HasRank || shape[-1] < 0 || shape[-2] < 0)
            throw EngineException.InvalidArgument("Gradient is defined for fast=True and matrices of known size only.").At(g.Node.Name, g.Node.Op);
        Value a = g.Input(0), b = g.Input(1), x = g.Output(0), d = g.OutputGradient(0);
        bool tall = shape[-2] >= shape[-1];
        Value gram = MatrixGradients.Product(g, a, a, adjointX: tall, adjointY: !tall);
        gram = g.Node("MatrixSetDiag", gram, g.Node("AddV2", g.Node("MatrixDiagPart", gram), g.Cast(g.Input(2), a.Type.Base())));
        if (tall)
        {
            Value z = g.Node("MatrixSolve", gram, d), xz = MatrixGradients.Product(g, x, z, adjointY: true);
            Value both = MatrixGradients.Product(g, a, g.Node("AddV2", xz, MatrixGradients.Adjoint(g, xz)));
            return [g.Node("Sub", MatrixGradients.Product(g, b, z, adjointY: true), both), MatrixGradients.Product(g, a, z), null];
        }
        Value right = g.Node("MatrixSolve", gram, MatrixGradients.Product(g, a, d)), dual = g.Node("MatrixSolve", gram, b);
        Value first = MatrixGradients.Product(g, right, MatrixGradients.Product(g, dual, a, adjointX: true));
        Value rest = g.Node("Sub", d, MatrixGradients.Product(g, a, right, adjointX: true));
        return [g.Node("Sub", MatrixGradients.Product(g, dual, rest, adjointY: true), first), right, null];
    }

    private static void Run<T>(KernelContext context, bool fast)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        Tensor regularizer = context.Input(2);
        if (regularizer.Rank != 0)
            throw EngineException.InvalidArgument($"l2_regularizer must be scalar, got shape {regularizer.Shape}");
        double l2 = regularizer.Item<double>();
        if (!(l2 >= 0))
            throw EngineException.InvalidArgument("l2_regularizer must be >= 0.");
        new MatrixKernel<T>(SystemShapes.PlanLeastSquares, m => [fast ? Normal(m[0], m[1], l2) : LeastNorm(m[0], m[1])], 2).Compute(context);
    }

    private static Matrix<T> Normal<T>(Matrix<T> a, Matrix<T> b, double l2)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        Matrix<T> adjoint = a.Adjoint();
        bool tall = a.Rows >= a.Columns;
        Matrix<T> gram = tall ? adjoint * a : a * adjoint;
        for (int i = 0; i < gram.Rows; i++)
            gram[i, i] += Field<T>.Of(l2);
        // Not a number is no lack of rank: it spreads to the solution.
        if (!double.IsFinite(gram.ColumnNorm()))
        {
            var undefined = new Matrix<T>(a.Columns, b.Columns);
            undefined.Items.AsSpan().Fill(Field<T>.Of(double.NaN));
            return undefined;
        }
        Matrix<T> l = Cholesky.Factor(gram) ?? throw EngineException.InvalidArgument(
            "Input matrix was rank deficient or ill-conditioned. Try setting fast=False or provide a larger l2_regularizer > 0.");
        Matrix<T> x = Triangular.Solve(l, Triangular.Solve(l, tall ? adjoint * b : b, true, false), true, true);
        return tall ? x : adjoint * x;
    }

    private static Matrix<T> LeastNorm<T>(Matrix<T> a, Matrix<T> b)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var svd = new SingularValues<T>(a);
        Matrix<T> x = svd.U.Adjoint() * b;
        for (int i = 0; i < x.Rows; i++)
        {
            double s = Field<T>.Real(svd.S[i, 0]);
            bool counts = s > Field<T>.Real(svd.S[0, 0]) * 1e-13;
            foreach (ref T item in x.Row(i))
                item = counts ? item / svd.S[i, 0] : T.Zero;
        }
        return svd.V * x;
    }
}
