using Engine.OpModel;

namespace Engine.Ops.Sparse;

/// <summary>Kernels of reductions of sparse tensors.</summary>
internal static class SparseReductionKernels
{
    /// <summary>The dense result; 0 where there are no entries.</summary>
    internal static Kernel Dense<T, TReducer>(bool keepDims) where T : unmanaged where TReducer : struct, ISparseReducer<T> => Kernel.From(context =>
    {
        var input = SparseInput.At(context, 0);
        input.DenseShape();
        var reduction = new SparseReduction(input, context.Input(3), keepDims);
        input.CheckBounds(StatusCode.Internal);
        var result = context.AllocateZeros(0, new Shape(reduction.ResultDims()));
        Groups<T, TReducer>(input, reduction, (entry, _, value) => result.AsRawSpan<T>()[(int)reduction.Offset(entry)] = value);
    });

    /// <summary>The sparse result: one entry per group.</summary>
    internal static Kernel Sparse<T, TReducer>(bool keepDims) where T : unmanaged where TReducer : struct, ISparseReducer<T> => Kernel.From(context =>
    {
        var input = SparseInput.At(context, 0);
        input.DenseShape();
        var reduction = new SparseReduction(input, context.Input(3), keepDims);
        var dims = reduction.ResultDims();
        var groups = reduction.GroupEnds().Count;
        var indices = context.Allocate(0, groups, dims.Length);
        var values = context.Allocate(1, groups);
        Groups<T, TReducer>(input, reduction, (entry, group, value) =>
        {
            reduction.WriteCoordinates(entry, indices.AsSpan<long>().Slice(group * dims.Length, dims.Length));
            values.AsRawSpan<T>()[group] = value;
        });
        dims.CopyTo(context.Allocate(2, dims.Length).AsSpan<long>());
    });

    private static void Groups<T, TReducer>(SparseInput input, SparseReduction reduction, Action<int, int, T> found) where T : unmanaged where TReducer : struct, ISparseReducer<T>
    {
        var values = input.Values.AsRawSpan<T>();
        var ordered = new T[reduction.Order.Length];
        for (var i = 0; i < ordered.Length; i++)
            ordered[i] = values[reduction.Order[i]];
        var (start, group) = (0, 0);
        foreach (var end in reduction.GroupEnds())
        {
            found(reduction.Order[start], group++, TReducer.Reduce(ordered.AsSpan(start, end - start)));
            start = end;
        }
    }
}
