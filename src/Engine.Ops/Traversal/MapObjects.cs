using Engine.OpModel;

namespace Engine.Ops.Traversal;

/// <summary>Element-wise kernels over strings.</summary>
internal static class MapObjects
{
    /// <summary>Combines two broadcast string tensors into strings.</summary>
    internal static Kernel Binary<TBody>() where TBody : struct, IScalarBody2<byte[], byte[]> => Kernel.From(context =>
    {
        var x = context.Input(0);
        var y = context.Input(1);
        var shape = Broadcasting.Shape(x.Shape, y.Shape);
        var result = context.Allocate(0, shape).AsSpan<byte[]>();
        Walk(x.Shape, y.Shape, shape, x.AsSpan<byte[]>(), y.AsSpan<byte[]>(), result, TBody.Invoke);
    });

    /// <summary>Combines two broadcast string tensors into truth values.</summary>
    internal static Kernel Compare<TBody>() where TBody : struct, IScalarBody2<byte[], bool> => Kernel.From(context =>
    {
        var x = context.Input(0);
        var y = context.Input(1);
        var shape = Broadcasting.Shape(x.Shape, y.Shape);
        var result = context.Allocate(0, shape).AsSpan<bool>();
        Walk(x.Shape, y.Shape, shape, x.AsSpan<byte[]>(), y.AsSpan<byte[]>(), result, TBody.Invoke);
    });

    private static void Walk<TOut>(Shape xShape, Shape yShape, Shape shape, ReadOnlySpan<byte[]> x, ReadOnlySpan<byte[]> y, Span<TOut> result, Func<byte[], byte[], TOut> body)
    {
        if (x.Length == result.Length && y.Length == result.Length)
        {
            for (var i = 0; i < result.Length; i++)
                result[i] = body(x[i], y[i]);
            return;
        }
        if (result.Length == 0)
            return;
        var plan = new BroadcastPlan(xShape, yShape, shape);
        for (var row = 0L; row < plan.Rows; row++)
        {
            var (a, b) = plan.Offsets(row);
            for (var i = 0; i < plan.RowLength; i++)
                result[(int)(row * plan.RowLength + i)] = body(x[(int)a + (plan.XIsScalar ? 0 : i)], y[(int)b + (plan.YIsScalar ? 0 : i)]);
        }
    }
}
