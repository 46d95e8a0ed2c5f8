using Engine.Io.Readers;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>Kernels of the ops that make readers.</summary>
internal static class ReaderHandles
{
    /// <summary>A kernel that gives the handle of the node's reader, which it makes when there is none.</summary>
    internal static Kernel Kernel(KernelBuilder node, Func<WorkReader> create)
    {
        var name = node.String("shared_name");
        var container = node.String("container");
        if (!container.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '/' or '-'))
            throw node.Fail($"container contains invalid characters: {container}");
        var handle = new ResourceHandle(container, name.Length > 0 ? name : node.Node.Name);
        return OpModel.Kernel.From(context =>
        {
            context.Session.Resources.GetOrCreate(handle, create);
            context.MoveOutput(0, Tensor.Scalar(handle));
        });
    }
}
