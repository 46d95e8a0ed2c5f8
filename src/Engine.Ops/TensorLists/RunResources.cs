using System.Collections.Concurrent;
using System.Text;
using Engine.Resources;
using Engine.Runtime;

namespace Engine.Ops.TensorLists;

/// <summary>
/// Tensor arrays and stacks of a run. Newer ops pass them on as resource handles; older ones as string tensors of a container and a name, by which they are
/// found here.
/// </summary>
internal sealed class RunResources
{
    private readonly ConcurrentDictionary<string, Resource> named = new();

    /// <summary>A name for a new resource that no other one has.</summary>
    internal static string UniqueName(KernelContext context, string name) => $"{(name.Length > 0 ? name : context.Node.Name)}_{context.Session.NextAnonymous()}";

    /// <summary>Makes a resource known, as output <paramref name="output"/>.</summary>
    internal static void SetHandle(KernelContext context, int output, string container, string name, Resource resource)
    {
        if (context.Node.OutputTypes[output].Base() == DType.Resource)
        {
            context.MoveOutput(output, Tensor.Scalar(new ResourceHandle(container, name, resource) { IsAnonymous = true }));
            return;
        }
        Of(context).named[name] = resource;
        context.MoveOutput(output, Tensor.FromStrings([container, name]));
    }

    /// <summary>The resource that input 0 leads to.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for no handle, NOT_FOUND when there is no such resource.</exception>
    internal static T Find<T>(KernelContext context) where T : Resource
    {
        var handle = context.Input(0);
        if (handle.Type == DType.Resource)
            return context.Resource<T>(0);
        if (handle.Type != DType.String || handle.Count != 2)
            throw EngineException.InvalidArgument($"Handle must be a 2-element vector of strings, but had shape: {handle.Shape}");
        return Of(context).named.TryGetValue(Encoding.UTF8.GetString(handle.AsSpan<byte[]>()[1]), out var resource) && resource is T t
            ? t
            : throw EngineException.NotFound($"Resource {Encoding.UTF8.GetString(handle.AsSpan<byte[]>()[1])} does not exist.");
    }

    private static RunResources Of(KernelContext context) => context.Run.Item("arrays and stacks", () => new RunResources());
}
