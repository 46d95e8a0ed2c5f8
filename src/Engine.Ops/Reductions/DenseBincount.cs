using System.Numerics;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>How often each integer below a size occurs in a vector or in each row of a matrix: counts, sums of weights, or whether at all.</summary>
[Op("DenseBincount")]
internal sealed class DenseBincount : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var input = c.WithRankAtMost(c.Input(0), 2);
        c.Input(1, 0);
        if (c.InputScalar(1) < 0)
            throw c.Fail($"size ({c.InputScalar(1)}) must be non-negative");
        var size = c.InputScalar(1) ?? -1;
        if (input.HasRank)
            c.SetOutput(0, input.Rank == 2 ? new PartialShape(input[0], size) : PartialShape.Vector(size));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var isBinary = node.Bool("binary_output");
        return (node.Type("Tidx"), node.Type("T")) switch
        {
            (DType.Int32, DType.Int32) => Kernel.From(c => Compute<int, int>(c, isBinary)),
            (DType.Int32, DType.Int64) => Kernel.From(c => Compute<int, long>(c, isBinary)),
            (DType.Int32, DType.Float32) => Kernel.From(c => Compute<int, float>(c, isBinary)),
            (DType.Int32, DType.Float64) => Kernel.From(c => Compute<int, double>(c, isBinary)),
            (DType.Int64, DType.Int32) => Kernel.From(c => Compute<long, int>(c, isBinary)),
            (DType.Int64, DType.Int64) => Kernel.From(c => Compute<long, long>(c, isBinary)),
            (DType.Int64, DType.Float32) => Kernel.From(c => Compute<long, float>(c, isBinary)),
            (DType.Int64, DType.Float64) => Kernel.From(c => Compute<long, double>(c, isBinary)),
            _ => throw node.NoKernel(),
        };
    }

    private static void Compute<TIndex, T>(KernelContext context, bool isBinary) where TIndex : unmanaged, IBinaryInteger<TIndex> where T : unmanaged, INumber<T>
    {
        var (input, sizes, weighted) = (context.Input(0), context.Input(1), context.Input(2));
        if (input.Rank > 2)
            throw EngineException.InvalidArgument($"Shape must be at most rank 2 but is rank {input.Rank}");
        if (sizes.Count != 1)
            throw EngineException.InvalidArgument($"size must be a scalar, not of shape {sizes.Shape}");
        var size = long.CreateChecked(sizes.Item<TIndex>());
        if (size < 0)
            throw EngineException.InvalidArgument($"size ({size}) must be non-negative");
        if (weighted.Count != 0 && !weighted.Shape.Equals(input.Shape))
            throw EngineException.InvalidArgument($"`weights` must be the same shape as `arr` or a length-0 `Tensor`. Received {weighted.Shape}.");
        if (input.Rank == 0)
            throw EngineException.Internal($"Input must be a vector or a matrix, not of shape {input.Shape}");
        var values = input.AsSpan<TIndex>();
        var weights = weighted.AsSpan<T>();
        foreach (var value in values)
        {
            if (TIndex.IsNegative(value))
                throw EngineException.InvalidArgument("Input must be non-negative");
        }
        var rows = input.Rank == 2 ? input.Shape[0] : 1;
        var bins = context.AllocateZeros(0, input.Rank == 2 ? Shape.Matrix(rows, size) : Shape.Vector(size)).AsSpan<T>();
        var width = rows == 0 ? 0 : (int)(values.Length / rows);
        for (var i = 0; i < values.Length; i++)
        {
            var value = long.CreateSaturating(values[i]);
            if (value >= size)
                continue;
            ref var bin = ref bins[(int)(i / width * size + value)];
            bin = isBinary ? T.One : bin + (weights.Length == 0 ? T.One : weights[i]);
        }
    }
}
