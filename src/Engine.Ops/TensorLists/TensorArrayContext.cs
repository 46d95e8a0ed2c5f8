using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.TensorLists;

/// <summary>What kernels and gradients of tensor array ops share.</summary>
internal static class TensorArrayContext
{
    /// <summary>The array of input 0, of this element type.</summary>
    internal static TensorArray Array(this KernelContext context, DType type)
    {
        var array = RunResources.Find<TensorArray>(context);
        array.CheckType(type);
        return array;
    }

    /// <summary>The flow: a number that only orders the ops on an array. Input <paramref name="input"/>, or 0, as output 0.</summary>
    internal static void SetFlow(this KernelContext context, int input) => context.Forward(input, 0);

    /// <summary>The array of gradients of the forward op's array, and the flow to use it with.</summary>
    internal static (Value Handle, Value Flow) GradientArray(this GradientContext g, Value flow)
    {
        // Arrays of all generations have the same gradients; the oldest two have no flow of their own in the op that finds the gradient.
        var op = g.Input(0).Type.Base() == DType.Resource ? "TensorArrayGradV3" : "TensorArrayGradV2";
        var node = g.NewNode(op).Input(g.Input(0)).Input(flow).Attr("source", "gradients").Build();
        return (node[0], node.OutputTypes.Count > 1 ? node[1] : flow);
    }

    /// <summary>The op of the generation of the forward op.</summary>
    internal static string Generation(this GradientContext g, string op) => op + (g.Input(0).Type.Base() == DType.Resource ? "V3" : "V2");

    /// <summary>The elements at some indices as one tensor along a new first dimension.</summary>
    internal static void Stack(KernelContext context, TensorArray array, long[] indices, PartialShape given)
    {
        array.Refine(given);
        if (indices.Length == 0)
        {
            var known = given;
            if (!known.IsFullyKnown)
            {
                throw EngineException.Unimplemented($"TensorArray has size zero, but element shape {known} is not fully defined. "
                    + "Currently only static shapes are supported when packing zero-size TensorArrays.");
            }
            context.Allocate(0, Shape.Vector(0).Concat(known.ToShape()));
            return;
        }
        var items = new Tensor[indices.Length];
        for (var i = 0; i < items.Length; i++)
            items[i] = array.Read(indices[i]);
        var first = items[0].Shape;
        if (!given.IsCompatibleWith(first))
            throw EngineException.InvalidArgument($"TensorArray was passed element_shape {given} which does not match the Tensor at index 0: {first}");
        for (var i = 1; i < items.Length; i++)
        {
            if (items[i].Shape != first)
            {
                throw EngineException.InvalidArgument($"TensorArray has inconsistent shapes. Index 0 has shape: {first} but index {i} has shape: {items[i].Shape}");
            }
        }
        ListContext.CopyRows(context, items, context.Allocate(0, Shape.Vector(items.Length).Concat(first)));
        foreach (var item in items)
            item.Dispose();
    }

    /// <summary>Writes the rows of a tensor to some indices.</summary>
    internal static void WriteRows(TensorArray array, Tensor value, long[] indices)
    {
        var row = value.Shape.Slice(1);
        for (var i = 0; i < indices.Length; i++)
            array.Write(indices[i], TensorListFromTensor.Row(value, i, row));
    }
}
