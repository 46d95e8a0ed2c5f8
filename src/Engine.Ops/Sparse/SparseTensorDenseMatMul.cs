using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Sparse;

/// <summary>The product of a sparse and a dense matrix, each perhaps as its adjoint.</summary>
[Op("SparseTensorDenseMatMul")]
internal sealed class SparseTensorDenseMatMul : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 2);
        c.Input(1, 1);
        var b = c.Input(3, 2);
        var a = c.WithRank(c.InputAsShape(2), 2);
        var (adjointA, adjointB) = (c.Attr("adjoint_a").AsBool(), c.Attr("adjoint_b").AsBool());
        PartialShape.Vector(a[adjointA ? 0 : 1]).Merge(PartialShape.Vector(b[adjointB ? 1 : 0]));
        c.SetOutput(0, new PartialShape(a[adjointA ? 1 : 0], b[adjointB ? 0 : 1]));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (a, b) = (node.Bool("adjoint_a"), node.Bool("adjoint_b"));
        return node.Type("T") switch
        {
            DType.Float32 => Kernel.From(c => Run<float, float>(c, a, b)),
            DType.Float64 => Kernel.From(c => Run<double, double>(c, a, b)),
            DType.Int32 => Kernel.From(c => Run<int, int>(c, a, b)),
            DType.Float16 => Kernel.From(c => Run<Half, float>(c, a, b)),
            DType.BFloat16 => Kernel.From(c => Run<BFloat16, float>(c, a, b)),
            DType.Complex64 => Kernel.From(c => Run<Complex64, Complex64>(c, a, b)),
            DType.Complex128 => Kernel.From(c => Run<Complex, Complex>(c, a, b)),
            _ => throw node.NoKernel(),
        };
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (indices, b, gradient) = (g.Input(0), g.Input(3), g.OutputGradient(0));
        var (adjointA, adjointB) = (g.Attr("adjoint_a").AsBool(), g.Attr("adjoint_b").AsBool());
        var dense = g.NewNode("SparseTensorDenseMatMul").Input(indices).Input(g.Input(1)).Input(g.Input(2)).Input(gradient).Attr("adjoint_a", !adjointA).Build()[0];
        var (rows, columns) = (Column(g, indices, 0), Column(g, indices, 1));
        var left = g.Node("GatherV2", gradient, adjointA ? columns : rows, g.Int(0));
        var right = g.Node("GatherV2", adjointB ? Adjoint(g, b) : b, adjointA ? rows : columns, g.Int(0));
        var product = adjointA ? g.Node("Mul", right, g.Conjugate(left)) : g.Node("Mul", left, g.Conjugate(right));
        return [null, g.Node("Sum", product, g.Int(1)), null, adjointB ? Adjoint(g, dense) : dense];
    }

    private static Value Adjoint(GradientContext g, Value matrix) => g.Conjugate(g.Node("Transpose", matrix, g.Ints(1, 0)));

    private static Value Column(GradientContext g, Value indices, int column)
        => g.NewNode("StridedSlice").Input(indices).Input(g.Ints(0, column)).Input(g.Ints(0, column + 1)).Input(g.Ints(1, 1)).Attr("begin_mask", 1).Attr("end_mask", 1).Attr("shrink_axis_mask", 2).Build()[0];

    private static void Run<T, TSum>(KernelContext context, bool adjointA, bool adjointB) where T : unmanaged, INumberBase<T> where TSum : unmanaged, INumberBase<TSum>
    {
        var (indices, values, b) = (context.Input(0), context.Input(1), context.Input(3));
        var shape = IndexTensor.Vector(context.Input(2), "Tensor 'a_shape'");
        if (b.Rank != 2)
            throw EngineException.InvalidArgument("Tensor 'b' is not a matrix");
        if (shape.Length != 2)
            throw EngineException.InvalidArgument("Tensor 'a_shape' must have 2 elements");
        if (values.Rank != 1 || indices.Rank != 2 || indices.Shape[0] != values.Count || indices.Shape[1] != 2)
            throw EngineException.InvalidArgument($"a_indices {indices.Shape} and a_values {values.Shape} are not the entries of a sparse matrix");
        var inner = adjointB ? b.Shape[1] : b.Shape[0];
        if (shape[adjointA ? 0 : 1] != inner)
            throw EngineException.InvalidArgument($"Cannot multiply A and B because inner dimension does not match: {shape[adjointA ? 0 : 1]} vs. {inner}.");
        var (rows, columns) = (shape[adjointA ? 1 : 0], adjointB ? b.Shape[0] : b.Shape[1]);
        var result = context.AllocateZeros(0, Shape.Matrix(rows, columns));
        if (result.Count == 0 && values.Count == 0)
            return;
        var entries = IndexTensor.Read(indices);
        for (var i = 0; i < values.Count; i++)
        {
            if ((ulong)entries[2 * i] >= (ulong)Math.Max(0, shape[0]) || (ulong)entries[2 * i + 1] >= (ulong)Math.Max(0, shape[1]))
                throw EngineException.InvalidArgument($"index {i} ({entries[2 * i]}, {entries[2 * i + 1]}) is out of bounds ([{shape[0]}, {shape[1]}])");
        }
        if (result.Count == 0)
            return;
        // 16-bit floats are summed in float.
        using var wide = typeof(T) == typeof(TSum) ? result.Share() : Tensor.Zeros(DType.Float32, result.Shape);
        Multiply<T, TSum>(entries, values, b, wide, adjointA, adjointB, rows, columns);
        if (typeof(T) == typeof(TSum))
            return;
        var sums = wide.AsSpan<TSum>();
        var narrow = result.AsSpan<T>();
        for (var i = 0; i < sums.Length; i++)
            narrow[i] = T.CreateTruncating(sums[i]);
    }

    private static unsafe void Multiply<T, TSum>(long[] entries, Tensor values, Tensor b, Tensor result, bool adjointA, bool adjointB, long rows, long columns)
        where T : unmanaged, INumberBase<T> where TSum : unmanaged, INumberBase<TSum>
    {
        var v = values.Pointer<T>();
        var dense = b.Pointer<T>();
        var to = result.Pointer<TSum>();
        var (rowStep, columnStep) = adjointB ? (1L, b.Shape[1]) : (b.Shape[1], 1L);
        for (var i = 0L; i < values.Count; i++)
        {
            var (m, k) = adjointA ? (entries[2 * i + 1], entries[2 * i]) : (entries[2 * i], entries[2 * i + 1]);
            var a = TSum.CreateTruncating(adjointA ? Conjugate(v[i]) : v[i]);
            var row = dense + k * rowStep;
            var sum = to + m * columns;
            if (adjointB)
            {
                for (var n = 0L; n < columns; n++)
                    sum[n] += a * TSum.CreateTruncating(Conjugate(row[n * columnStep]));
            }
            else
            {
                for (var n = 0L; n < columns; n++)
                    sum[n] += a * TSum.CreateTruncating(row[n]);
            }
        }
    }

    private static T Conjugate<T>(T value)
    {
        if (value is Complex64 narrow)
            return (T)(object)Complex64.Conjugate(narrow);
        return value is Complex wide ? (T)(object)Complex.Conjugate(wide) : value;
    }
}
