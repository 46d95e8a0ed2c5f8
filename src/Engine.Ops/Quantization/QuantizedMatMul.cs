using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Quantization;

/// <summary>The product of two quantized matrices, as 32-bit levels.</summary>
[Op("QuantizedMatMul")]
internal sealed class QuantizedMatMul : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape a = c.Input(0, 2), b = c.Input(1, 2);
        QuantizedRange.InferShapes(c, 2);
        int fromA = c.Attr("transpose_a").AsBool() ? 1 : 0, fromB = c.Attr("transpose_b").AsBool() ? 0 : 1;
        if (a[1 - fromA] >= 0 && b[1 - fromB] >= 0 && a[1 - fromA] != b[1 - fromB])
            throw c.Fail($"Dimensions must be equal, but are {a[1 - fromA]} and {b[1 - fromB]}");
        c.SetOutput(0, new PartialShape(a[fromA], b[fromB]));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if ((node.Type("T1"), node.Type("T2"), node.Type("Toutput")) != (DType.QUInt8, DType.QUInt8, DType.QInt32))
            throw node.NoKernel();
        var (transposeA, transposeB) = (node.Bool("transpose_a"), node.Bool("transpose_b"));
        return Kernel.From(context => Compute(context, transposeA, transposeB));
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private static void Compute(KernelContext context, bool transposeA, bool transposeB)
    {
        Tensor a = context.Input(0), b = context.Input(1);
        if (a.Rank != 2 || b.Rank != 2)
            throw EngineException.InvalidArgument($"In[0] and In[1] must be matrices, not {a.Shape} and {b.Shape}");
        var (rangeA, rangeB) = (QuantizedRange.Read(context, 2, 3).Ordered(), QuantizedRange.Read(context, 4, 5).Ordered());
        int fromA = transposeA ? 1 : 0, fromB = transposeB ? 0 : 1;
        var (rows, columns, depth) = ((int)a.Shape[fromA], (int)b.Shape[fromB], (int)a.Shape[1 - fromA]);
        if (b.Shape[1 - fromB] != depth)
            throw EngineException.InvalidArgument($"Matrix size-incompatible: In[0]: {a.Shape}, In[1]: {b.Shape}");
        if (a.Count == 0 || b.Count == 0)
            throw EngineException.InvalidArgument($"Inputs must not be empty: {a.Shape} and {b.Shape}");
        var left = Shifted(a, rangeA, transposeA);
        var right = Shifted(b, rangeB, transposeB);
        var output = context.AllocateZeros(0, Shape.Matrix(rows, columns)).AsSpan<int>();
        for (var r = 0; r < rows; r++)
        {
            var sums = output.Slice(r * columns, columns);
            for (var k = 0; k < depth; k++)
            {
                var factor = left[(r * depth) + k];
                var row = right.AsSpan(k * columns, columns);
                for (var c = 0; c < row.Length; c++)
                    sums[c] = unchecked(sums[c] + (factor * row[c]));
            }
        }
        var (low, high) = Levels.ProductRange<byte, byte, int>(rangeA, rangeB);
        new QuantizedRange(low, high).Write(context);
    }

    /// <summary>The levels of a matrix counted from that of zero, in row-major order after transposing.</summary>
    private static int[] Shifted(Tensor matrix, QuantizedRange range, bool transpose)
    {
        var zero = (int)Levels.Unclamped<byte>(0, range.Low, range.High);
        var from = matrix.AsSpan<byte>();
        var (rows, columns) = ((int)matrix.Shape[0], (int)matrix.Shape[1]);
        var to = new int[from.Length];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
                to[transpose ? (c * rows) + r : (r * columns) + c] = from[(r * columns) + c] - zero;
        }
        return to;
    }
}
