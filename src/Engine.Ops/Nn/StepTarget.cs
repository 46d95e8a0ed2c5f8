using Engine.Ops.TensorLists;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>Elements of a list or an array that the steps of a loop write one after the other, or one that each step writes again.</summary>
internal sealed unsafe class StepTarget
{
    private readonly int first;
    private readonly int count;
    private readonly int input;
    private readonly Shape shape;
    private Tensor? rows;

    private StepTarget(object holder, int input, int first, int count, Shape shape) => (Holder, this.input, this.first, this.count, this.shape) = (holder, input, first, count, shape);

    /// <summary>The list or the array.</summary>
    internal object Holder { get; }

    /// <summary>The elements, if elements of this shape can be written there.</summary>
    internal static StepTarget? Find(KernelContext context, int input, int first, int count, Shape shape)
    {
        if (context.Input(input).Type == DType.Resource)
        {
            var array = context.Resource<TensorArray>(input);
            return array.Type == DType.Float32 && array.Takes(first, count, shape) ? new(array, input, first, count, shape) : null;
        }
        return context.Input(input) is { Type: DType.Variant, Rank: 0 } variant && variant.AsSpan<object>()[0] is TensorList { ElementType: DType.Float32 } list
            && first + (long)count <= list.Count && list.ElementShape.IsCompatibleWith(shape) ? new(list, input, first, count, shape) : null;
    }

    /// <summary>Distance of the steps' elements in memory: 0 where only the last one stays.</summary>
    internal long Stride(int steps) => count == steps ? shape.Count : 0;

    /// <summary>Memory for what stays of what the steps make.</summary>
    internal float* Allocate()
    {
        rows = Tensor.Allocate(DType.Float32, new Shape(checked(count * shape[0]), shape[1]));
        return rows.Pointer<float>();
    }

    /// <summary>Writes the elements, and sets the output of the loop's variable.</summary>
    internal void Finish(KernelContext context, int variable, int steps)
    {
        var batch = shape[0];
        if (Holder is TensorArray array)
        {
            for (var i = 0; i < count; i++)
                array.Write(first + i, Element(i));
            context.Forward(variable, variable);
        }
        else if (Holder is TensorList all && count == all.Count && count == steps)
        {
            context.SetList(variable, new TensorList(all.ElementType, all.ElementShape, all.Maximum, rows!.Reshape(new Shape(count, batch, shape[1]))));
        }
        else
        {
            var list = (TensorList)Holder;
            if (context.IsExclusive(input))
                context.Forward(input, variable);
            else
                context.SetList(variable, list = list.Copy());
            for (var i = 0; i < count; i++)
            {
                list.Items[first + i]?.Dispose();
                list.Items[first + i] = Element(i);
            }
        }
        rows!.Dispose();

        Tensor Element(int index) => rows!.Rows(index * batch, batch);
    }
}
