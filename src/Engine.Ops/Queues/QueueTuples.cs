using Engine.OpModel;
using Engine.Resources;
using Engine.Runtime;

namespace Engine.Ops.Queues;

/// <summary>Tuples on their way in and out of queues.</summary>
internal static class QueueTuples
{
    /// <summary>The inputs after the handle as a tuple of the queue.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when it is not one.</exception>
    internal static Tensor[] Read(KernelContext context, Queue queue, bool batch)
    {
        CheckTypes(queue, [.. Enumerable.Range(1, context.InputCount - 1).Select(i => context.Input(i).Type)]);
        var tuple = new Tensor[context.InputCount - 1];
        for (var i = 0; i < tuple.Length; i++)
        {
            var shape = context.Input(i + 1).Shape;
            if (batch && (shape.Rank == 0 || shape[0] != context.Input(1).Shape[0]))
                throw EngineException.InvalidArgument($"All input tensors must have the same size in the 0th dimension. Component {i} has shape {shape}");
            var element = batch ? shape.Slice(1) : shape;
            if (queue.Shapes.Count > 0 && !queue.Shapes[i].IsCompatibleWith(element))
                throw EngineException.InvalidArgument($"Shape mismatch in tuple component {i}. Expected {queue.Shapes[i]}, got {element}");
        }
        for (var i = 0; i < tuple.Length; i++)
            tuple[i] = context.Take(i + 1);
        return tuple;
    }

    /// <summary>Refuses a time limit, as TensorFlow does.</summary>
    internal static void CheckTimeout(KernelBuilder node)
    {
        if (node.Int("timeout_ms") != -1)
            throw node.Fail("Timeout not supported yet.");
    }

    /// <summary>Refuses component types that are not the queue's.</summary>
    internal static void CheckTypes(Queue queue, DType[] types)
    {
        if (!queue.Types.SequenceEqual(types))
            throw EngineException.InvalidArgument($"Mismatch of component types: the queue has {string.Join(", ", queue.Types.Select(t => t.Name()))}, the op {string.Join(", ", types.Select(t => t.Name()))}");
    }

    /// <summary>A batch's tuples.</summary>
    internal static List<Tensor[]> Split(Tensor[] batch)
    {
        var tuples = new List<Tensor[]>();
        for (var row = 0; row < batch[0].Shape[0]; row++)
            tuples.Add(Array.ConvertAll(batch, b => Row(b, row)));
        foreach (var b in batch)
            b.Dispose();
        return tuples;
    }

    /// <summary>Tuples stacked, each component padded with zeros to its largest.</summary>
    internal static void Stack(KernelContext context, IReadOnlyList<Tensor[]> tuples, IReadOnlyList<PartialShape> shapes)
    {
        for (var i = 0; i < shapes.Count; i++)
        {
            var dims = shapes[i].Dims.ToArray();
            for (var d = 0; d < dims.Length; d++)
                dims[d] = dims[d] >= 0 ? dims[d] : tuples.Select(t => t[i].Shape[d]).DefaultIfEmpty(0).Max();
            var result = context.AllocateZeros(i, Shape.Vector(tuples.Count).Concat(new Shape(dims)));
            for (var row = 0; row < tuples.Count; row++)
            {
                using var component = tuples[row][i];
                PaddedRow.Write(context.Workers, component, result, row);
            }
        }
    }

    private static Tensor Row(Tensor batch, int row)
    {
        using var one = batch.Rows(row, 1);
        return one.Reshape(batch.Shape.Slice(1));
    }
}
