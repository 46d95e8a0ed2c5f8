using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Tensors;

namespace Engine.Ops.LinearAlgebra;

/// <summary>The product of two matrices, each of them perhaps transposed.</summary>
[Op("MatMul")]
internal sealed class MatMul : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape a = c.Input(0, 2), b = c.Input(1, 2);
        bool transposeA = c.Attr("transpose_a").AsBool(), transposeB = c.Attr("transpose_b").AsBool();
        long depthA = a[transposeA ? 0 : 1], depthB = b[transposeB ? 1 : 0];
        if (depthA >= 0 && depthB >= 0 && depthA != depthB)
            throw c.Fail($"Dimensions must be equal, but are {depthA} and {depthB}");
        c.SetOutput(0, new PartialShape(a[transposeA ? 1 : 0], b[transposeB ? 0 : 1]));
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float32 => new MatMulKernel<float>(node),
        DType.Float64 => new MatMulKernel<double>(node),
        DType.Float16 => new MatMulKernel<Half>(node),
        DType.BFloat16 => new MatMulKernel<BFloat16>(node),
        DType.Int16 => new MatMulKernel<short>(node),
        DType.Int32 => new MatMulKernel<int>(node),
        DType.Int64 => new MatMulKernel<long>(node),
        DType.Complex64 => new MatMulKernel<Complex64>(node),
        DType.Complex128 => new MatMulKernel<Complex>(node),
        _ => throw node.NoKernel(),
    };

    public static bool ActsOnRows(RewriteContext c) => !c.Node.Attr("transpose_a").AsBool() && c.BroadcastsToRows(1);

    public static Gradient?[] Gradient(GradientContext g)
    {
        bool transposeA = g.Attr("transpose_a").AsBool(), transposeB = g.Attr("transpose_b").AsBool();
        Value a = g.Conjugate(g.Input(0)), b = g.Conjugate(g.Input(1)), d = g.OutputGradient(0);
        return
        [
            transposeA ? Product(b, d, transposeB, true) : Product(d, b, false, !transposeB),
            transposeB ? Product(d, a, true, transposeA) : Product(a, d, !transposeA, false),
        ];

        Value Product(Value x, Value y, bool transposeX, bool transposeY)
            => g.NewNode("MatMul").Input(x).Input(y).Attr("transpose_a", transposeX).Attr("transpose_b", transposeY).Build()[0];
    }

    // By packed weights: one row, and a whole tile.
    public static unsafe void Prepare()
    {
        const int rows = 8, columns = 48;
        var memory = stackalloc float[rows * (columns + 1)];
        new Span<float>(memory, rows * (columns + 1)).Clear();
        var weights = new PackedMatrix<float>(new MatrixView<float>(memory, columns, 1), 1, columns);
        foreach (var count in (ReadOnlySpan<int>)[1, rows])
            MatrixProduct.Multiply(count, new MatrixView<float>(memory + (rows * columns), 1, 1), weights, memory, columns, false, null);
    }
}
