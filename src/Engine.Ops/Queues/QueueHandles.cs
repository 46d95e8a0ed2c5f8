using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Queues;

/// <summary>Kernels of the ops that make queues.</summary>
internal static class QueueHandles
{
    /// <summary>The kinds of queues.</summary>
    internal const string Fifo = "FIFO queue", Padding = "padding FIFO queue", Shuffling = "random shuffle queue", Priority = "priority queue";

    /// <summary>A kernel that gives the handle of the node's queue, which it makes when there is none.</summary>
    internal static Kernel Kernel(KernelBuilder node, string kind, Func<DType[], PartialShape[], long, Queue> create)
    {
        var (types, shapes, capacity) = (node.Types("component_types"), node.Shapes("shapes"), node.Int("capacity"));
        if (kind == Priority)
            (types, shapes) = ([DType.Int64, .. types], [PartialShape.Scalar, .. shapes]);
        var name = node.String("shared_name");
        var handle = new ResourceHandle(node.String("container"), name.Length > 0 ? name : node.Node.Name);
        if (kind != Padding && shapes.Any(s => !s.IsFullyKnown))
            throw node.Fail("The shapes of the components must be fully known");
        return OpModel.Kernel.From(context =>
        {
            var queue = context.Session.Resources.GetOrCreate(handle, () => create(types, shapes, capacity));
            if (queue.Kind != kind)
                throw EngineException.InvalidArgument($"Shared queue '{handle.Name}' is a {queue.Kind}, not a {kind}.");
            if (!queue.Types.SequenceEqual(types))
                throw EngineException.InvalidArgument($"Shared queue '{handle.Name}' has component types {string.Join(", ", queue.Types.Select(t => t.Name()))} but requested component types were {string.Join(", ", types.Select(t => t.Name()))}.");
            if (queue.Shapes.Count != 0 && shapes.Length != 0 && !queue.Shapes.SequenceEqual(shapes))
                throw EngineException.InvalidArgument($"Shared queue '{handle.Name}' has component shapes {string.Join(", ", queue.Shapes)} but requested component shapes were {string.Join<PartialShape>(", ", shapes)}.");
            if (queue.Capacity != (capacity < 0 ? long.MaxValue : capacity))
                throw EngineException.InvalidArgument($"Shared queue '{handle.Name}' has capacity {queue.Capacity} but requested capacity was {capacity}.");
            context.MoveOutput(0, Tensor.Scalar(handle));
        });
    }
}
