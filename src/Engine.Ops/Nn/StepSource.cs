using System.Runtime.InteropServices;
using Engine.Ops.Gemm;
using Engine.Ops.TensorLists;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>Elements of a list or an array that the steps of a loop read one after the other.</summary>
internal sealed unsafe class StepSource : IDisposable
{
    private readonly object holder;
    private readonly int first;
    private Tensor?[]? taken;
    private Tensor? whole;
    private Scratch<byte> memory;

    private StepSource(object holder, int first, Shape shape) => (this.holder, this.first, Shape) = (holder, first, shape);

    /// <summary>The list or the array.</summary>
    internal object Holder => holder;

    /// <summary>The elements' shape.</summary>
    internal Shape Shape { get; }

    /// <summary>The elements one after the other, once gathered.</summary>
    internal void* Data { get; private set; }

    /// <summary>The elements, if they are all there and of one shape.</summary>
    internal static StepSource? Find(KernelContext context, int input, int first, int count)
    {
        if (context.Input(input).Type == DType.Resource)
        {
            var array = context.Resource<TensorArray>(input);
            return array.CommonShape(first, count) is { } common && array.Type is DType.Float32 or DType.Bool ? new(array, first, common) : null;
        }
        if (context.Input(input) is not { Type: DType.Variant, Rank: 0 } variant || variant.AsSpan<object>()[0] is not TensorList { ElementType: DType.Float32 or DType.Bool } list
            || first + (long)count > list.Count)
            return null;
        if (list.Whole is { } rows)
            return new(list, first, rows.Shape.Slice(1)) { whole = rows.Share() };
        if (list.Items[first]?.Shape is not { } shape)
            return null;
        foreach (var item in CollectionsMarshal.AsSpan(list.Items).Slice(first, count))
        {
            if (item is null || !item.Shape.Equals(shape))
                return null;
        }
        return new(list, first, shape);
    }

    /// <summary>Takes the elements: where they lie if they lie in order, else a copy.</summary>
    internal void Gather(int count)
    {
        if (whole is not null)
        {
            Data = whole.Pointer<byte>() + (first * (whole.ByteLength / whole.Shape[0]));
            return;
        }
        ReadOnlySpan<Tensor?> items;
        if (holder is TensorArray array)
        {
            taken = new Tensor[count];
            for (var i = 0; i < count; i++)
                taken[i] = array.Read(first + i);
            items = taken;
        }
        else
        {
            items = CollectionsMarshal.AsSpan(((TensorList)holder).Items).Slice(first, count);
        }
        var bytes = items[0]!.ByteLength;
        var start = items[0]!.Pointer<byte>();
        Data = start;
        for (var i = 1; i < count; i++)
        {
            if (items[i]!.Pointer<byte>() == start + (i * bytes))
                continue;
            memory = new Scratch<byte>(checked(count * bytes));
            for (var k = 0; k < count; k++)
                Buffer.MemoryCopy(items[k]!.Pointer<byte>(), memory.Pointer + (k * bytes), bytes, bytes);
            Data = memory.Pointer;
            break;
        }
    }

    public void Dispose()
    {
        memory.Dispose();
        whole?.Dispose();
        foreach (var item in taken ?? [])
            item?.Dispose();
    }
}
