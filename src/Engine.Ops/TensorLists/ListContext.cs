using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.TensorLists;

/// <summary>What kernels of list ops do with inputs and outputs.</summary>
internal static class ListContext
{
    /// <summary>The list in a scalar variant input.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when it is something else.</exception>
    internal static TensorList List(this KernelContext context, int input)
    {
        var t = context.Input(input);
        if (t.Rank != 0)
            throw EngineException.InvalidArgument($"Input list must be a scalar saw: {t.Shape}");
        return t.AsSpan<object>()[0] as TensorList ?? throw EngineException.InvalidArgument("Input handle is not a list. Saw: " + (t.AsSpan<object>()[0]?.GetType().Name ?? "nothing"));
    }

    /// <summary>The list of input 0 with this element type.</summary>
    internal static TensorList List(this KernelContext context, DType type)
    {
        var list = context.List(0);
        list.CheckType(type);
        return list;
    }

    /// <summary>The list of input 0 to be changed, as output 0: the list itself if nobody else has it, else a copy.</summary>
    internal static TensorList WritableList(this KernelContext context, TensorList list)
    {
        if (context.IsExclusive(0))
        {
            context.Forward(0, 0);
            return list;
        }
        var copy = list.Copy();
        context.SetList(0, copy);
        return copy;
    }

    /// <summary>A list as output.</summary>
    internal static void SetList(this KernelContext context, int output, TensorList list) => context.Allocate(output, Shape.Scalar).AsSpan<object>()[0] = list;

    /// <summary>An input that says what is known of a shape: a vector with -1 for unknown dimensions, or the scalar -1 for nothing.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for anything else.</exception>
    internal static PartialShape PartialShape(this KernelContext context, int input)
    {
        var t = context.Input(input);
        if (t.Rank == 0)
        {
            return IndexTensor.Scalar(t, "element_shape") == -1
                ? Engine.PartialShape.Unknown
                : throw EngineException.InvalidArgument("The only valid scalar shape tensor is the fully unknown shape specified as -1.");
        }
        return new PartialShape(IndexTensor.Vector(t, "element_shape"));
    }

    /// <summary>An int32 scalar input.</summary>
    internal static int Int(this KernelContext context, int input, string what)
    {
        var t = context.Input(input);
        return t.Rank == 0 ? t.AsSpan<int>()[0] : throw EngineException.InvalidArgument($"{what} must be a scalar, but it has shape {t.Shape}");
    }

    /// <summary>The shape for static inference from an element_shape input: a constant, or unknown.</summary>
    internal static PartialShape ElementShape(this InferenceContext c, int input)
        => c.InputTensor(input) is { Rank: 1 } ? c.InputAsShape(input) : Engine.PartialShape.Unknown;

    /// <summary>Copies elements into consecutive rows of a tensor, zeros for those that are not set.</summary>
    internal static void CopyRows(KernelContext context, IReadOnlyList<Tensor?> items, Tensor result)
    {
        var first = 0L;
        foreach (var item in items)
        {
            using var row = result.Rows(first++, 1);
            if (item is null)
                row.Clear();
            else
                row.CopyFrom(item);
        }
    }
}
