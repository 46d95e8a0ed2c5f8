using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.LinearAlgebra;

/// <summary>
/// The product of two matrices in float32, one of which may be said to be mostly zero: its zeros are then skipped, so that zero times
/// NaN counts nothing.
/// </summary>
[Op("SparseMatMul")]
internal sealed class SparseMatMul : IOp
{
    public static void InferShapes(InferenceContext c) => MatMul.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (node.Type("Ta") is not (DType.Float32 or DType.BFloat16) || node.Type("Tb") is not (DType.Float32 or DType.BFloat16))
            throw node.NoKernel();
        return new SparseKernel(node);
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        bool transposeA = g.Attr("transpose_a").AsBool(), transposeB = g.Attr("transpose_b").AsBool();
        bool sparseA = g.Attr("a_is_sparse").AsBool(), sparseB = g.Attr("b_is_sparse").AsBool();
        Value a = g.Input(0), b = g.Input(1), d = g.OutputGradient(0);
        bool sparseD = d.Node.Op == "ReluGrad";
        return
        [
            transposeA
                ? Product(b, d, sparseB, sparseD, transposeB, true, a.Type)
                : Product(d, b, sparseD, sparseB, false, !transposeB, a.Type),
            transposeB
                ? Product(d, a, sparseD, sparseA, true, transposeA, b.Type)
                : Product(a, d, sparseA, sparseD, !transposeA, false, b.Type),
        ];

        Value Product(Value x, Value y, bool sparseX, bool sparseY, bool transposeX, bool transposeY, DType type)
        {
            Value product = g.NewNode("SparseMatMul").Input(x).Input(y)
                .Attr("transpose_a", transposeX).Attr("transpose_b", transposeY).Attr("a_is_sparse", sparseX).Attr("b_is_sparse", sparseY).Build()[0];
            return type.Base() == DType.Float32 ? product : g.NewNode("Cast").Input(product).Attr("DstT", type.Base()).Build()[0];
        }
    }

    private sealed unsafe class SparseKernel(KernelBuilder node) : Kernel
    {
        private readonly bool _transposeA = node.Bool("transpose_a");
        private readonly bool _transposeB = node.Bool("transpose_b");
        private readonly bool _sparseA = node.Bool("a_is_sparse");
        private readonly bool _sparseB = node.Bool("b_is_sparse");

        public override void Compute(KernelContext context)
        {
            Tensor a = context.Input(0), b = context.Input(1);
            if (a.Rank != 2 || b.Rank != 2)
                throw EngineException.InvalidArgument($"a and b must be matrices: {a.Shape} vs. {b.Shape}");
            long rows = a.Shape[_transposeA ? 1 : 0], depth = a.Shape[_transposeA ? 0 : 1];
            long columns = b.Shape[_transposeB ? 0 : 1];
            if (depth != b.Shape[_transposeB ? 1 : 0])
                throw EngineException.InvalidArgument($"Matrix size incompatible: a: {a.Shape}, b: {b.Shape}");
            float* c = context.Allocate(0, rows, columns).Pointer<float>();
            using Scratch<float> wideA = Widen(a, out float* left), wideB = Widen(b, out float* right);
            MatrixView<float> x = MatrixView<float>.Dense(left, rows, depth, _transposeA);
            MatrixView<float> y = MatrixView<float>.Dense(right, depth, columns, _transposeB);
            if (!_sparseA && !_sparseB)
                MatrixProduct.Multiply(rows, columns, depth, x, y, c, columns, false, context.Workers);
            else
                SkipZeros(rows, columns, depth, x, y, c, _sparseA);
        }

        private static void SkipZeros(long rows, long columns, long depth, MatrixView<float> a, MatrixView<float> b, float* c, bool zerosOfA)
        {
            for (long i = 0; i < rows; i++)
            {
                float* sums = c + (i * columns);
                for (long j = 0; j < columns; j++)
                    sums[j] = 0;
                for (long k = 0; k < depth; k++)
                {
                    float x = *a.At(i, k);
                    if (zerosOfA && x == 0)
                        continue;
                    for (long j = 0; j < columns; j++)
                    {
                        float y = *b.At(k, j);
                        if (zerosOfA || y != 0)
                            sums[j] += x * y;
                    }
                }
            }
        }

        private static Scratch<float> Widen(Tensor tensor, out float* numbers)
        {
            bool narrow = tensor.Type == DType.BFloat16;
            var wide = new Scratch<float>(narrow ? tensor.Count : 0);
            numbers = narrow ? wide.Pointer : tensor.Pointer<float>();
            if (narrow)
                NarrowFloats.Widen(tensor.Pointer<BFloat16>(), numbers, tensor.Count);
            return wide;
        }
    }
}
