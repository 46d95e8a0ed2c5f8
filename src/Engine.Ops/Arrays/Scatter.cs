using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>
/// Puts slices at coordinates into a tensor, one after the other, combining each with what is there. Without a tensor to start from, it is zeros of a given shape.
/// </summary>
internal static class Scatter
{
    /// <summary>Combines slices of input 2 into input 0, at the coordinates of input 1.</summary>
    internal static Kernel IntoTensor<T, TBody>() where TBody : struct, IScalarBody2<T, T> => Kernel.From(context =>
    {
        var tensor = context.Input(0);
        var (indices, updates) = (context.Input(1), context.Input(2));
        if (tensor.Rank == 0 || indices.Rank == 0 || updates.Rank == 0)
            throw EngineException.InvalidArgument($"Tensor, indices and updates must have rank at least one. Found: {tensor.Shape}, {indices.Shape}, {updates.Shape}");
        var offsets = Check(indices, updates, tensor.Shape);
        Apply<T, TBody>(context.CopyOrForward(0, 0), updates, offsets);
    });

    /// <summary>Combines slices of input 1 into zeros of the shape in input 2, at the coordinates of input 0.</summary>
    internal static Kernel IntoZeros<T, TBody>() where TBody : struct, IScalarBody2<T, T> => Kernel.From(context =>
    {
        var (indices, updates) = (context.Input(0), context.Input(1));
        if (indices.Rank == 0 || updates.Rank == 0)
            throw EngineException.InvalidArgument($"Indices and updates must have rank at least one. Found: {indices.Shape}, {updates.Shape}");
        var shape = IndexTensor.Shape(context.Input(2), "shape");
        var offsets = Check(indices, updates, shape);
        Apply<T, TBody>(context.AllocateZeros(0, shape), updates, offsets);
    });

    /// <summary>Input <paramref name="input"/> as output <paramref name="output"/>, to be written: itself if nobody else sees it, else a copy.</summary>
    internal static Tensor CopyOrForward(this KernelContext context, int input, int output)
    {
        var source = context.Input(input);
        var result = context.ForwardOrAllocate(input, output, source.Shape);
        if (!ReferenceEquals(source, result))
            result.CopyFrom(source);
        return result;
    }

    private static long[] Check(Tensor indices, Tensor updates, Shape shape)
    {
        if (shape.Count == 0 && (indices.Count > 0 || updates.Count > 0))
            throw EngineException.InvalidArgument($"Indices and updates specified for empty output tensor of shape {shape}");
        var depth = indices.Shape[-1];
        if (depth < 1 || depth > shape.Rank)
            throw EngineException.InvalidArgument($"Index innermost dimension length must be > 0 and <= {shape.Rank}; saw: {depth}");
        var batch = indices.Shape.Slice(0, indices.Rank - 1);
        if (updates.Shape != batch.Concat(shape.Slice((int)depth)))
            throw EngineException.InvalidArgument($"Must have updates.shape = indices.shape[:batch_dim] + params_shape[slice_dim:], got updates.shape: {updates.Shape}, indices.shape: {indices.Shape}, params_shape: {shape}");
        return Coordinates.Offsets(indices, shape, (int)depth, batch.Count, "output");
    }

    private static void Apply<T, TBody>(Tensor result, Tensor updates, long[] offsets) where TBody : struct, IScalarBody2<T, T>
    {
        if (offsets.Length == 0 || updates.Count == 0)
            return;
        var inner = (int)(updates.Count / offsets.Length);
        var from = updates.AsRawSpan<T>();
        var to = result.AsRawSpan<T>();
        for (var i = 0; i < offsets.Length; i++)
        {
            var row = from.Slice(i * inner, inner);
            var slice = to.Slice((int)offsets[i], inner);
            for (var j = 0; j < row.Length; j++)
                slice[j] = TBody.Invoke(slice[j], row[j]);
        }
    }

    /// <summary>The update instead of what was there.</summary>
    internal readonly struct Replace<T> : IScalarBody2<T, T>
    {
        public static T Invoke(T current, T update) => update;
    }

    /// <summary>The sum.</summary>
    internal readonly struct Add<T> : IScalarBody2<T, T> where T : INumberBase<T>
    {
        public static T Invoke(T current, T update) => current + update;
    }

    /// <summary>Makes a kernel that adds.</summary>
    internal readonly struct AddFactory(bool intoZeros) : INumberFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T> => intoZeros ? IntoZeros<T, Add<T>>() : IntoTensor<T, Add<T>>();
    }

    /// <summary>The sum of truth values.</summary>
    internal readonly struct Or : IScalarBody2<byte, byte>
    {
        public static byte Invoke(byte current, byte update) => (byte)(current | update);
    }

    /// <summary>The sum of strings.</summary>
    internal readonly struct Join : IScalarBody2<byte[], byte[]>
    {
        public static byte[] Invoke(byte[] current, byte[] update) => current.Length == 0 ? update : [.. current, .. update];
    }
}
