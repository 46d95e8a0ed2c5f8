using System.Text;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Lookups;

/// <summary>
/// How ops reach tables. A V2 op has a resource handle; a V1 op has a reference to a string vector of container and name, which is what a V1 handle is in
/// TensorFlow: it passes through any op that passes strings on.
/// </summary>
internal static class TableHandle
{
    /// <summary>The table behind input 0.</summary>
    /// <exception cref="EngineException">NOT_FOUND when it does not exist.</exception>
    internal static LookupTable Table(KernelContext context)
    {
        var handle = context.Input(0);
        if (handle.Type != DType.String)
            return context.Resource<LookupTable>(0);
        if (handle.Count != 2)
            throw EngineException.InvalidArgument($"Lookup table handle must be two strings, container and name, but had shape: {handle.Shape}");
        var names = handle.ToStrings();
        return context.Session.Resources.Lookup<LookupTable>(new ResourceHandle(names[0], names[1]));
    }

    /// <summary>The table behind input 0, which is filled once.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when it is of another kind.</exception>
    internal static StaticTable StaticTable(KernelContext context)
        => Table(context) as StaticTable ?? throw EngineException.InvalidArgument("Table handle refers to a table that is not initializable.");

    /// <summary>Refuses a handle that cannot be one by its shape: a scalar resource, or two strings.</summary>
    internal static void CheckShape(InferenceContext c)
    {
        var handle = c.Input(0, c.Node.InputTypes[0].Base() == DType.String ? 1 : 0);
        if (handle.Rank == 1 && handle[0] >= 0 && handle[0] != 2)
            throw c.Fail($"Dimension must be 2 but is {handle[0]}");
    }

    /// <summary>A kernel whose output is the handle of a table that it makes when there is none.</summary>
    /// <param name="node">The node: its container, its shared name or its own name.</param>
    /// <param name="create">Makes the table.</param>
    internal static Kernel Kernel(KernelBuilder node, Func<KernelContext, LookupTable> create)
    {
        var (keyType, valueType) = (node.Type("key_dtype"), node.Type("value_dtype"));
        if (node.Node.Op.StartsWith("Anonymous", StringComparison.Ordinal))
        {
            return OpModel.Kernel.From(context =>
            {
                var table = create(context);
                var handle = new ResourceHandle("", $"anonymous{context.Session.NextAnonymous()}", table) { IsAnonymous = true };
                context.Allocate(0, Shape.Scalar).AsSpan<ResourceHandle>()[0] = handle;
            });
        }
        var container = node.String("container");
        var shared = node.String("shared_name");
        if (container.Length > 0 && !IsContainerName(container))
            throw node.Fail($"container contains invalid characters: {container}");
        if (shared.StartsWith('_'))
            throw node.Fail($"shared_name cannot start with '_':{shared}");
        // Without a shared name the table is the node's own.
        var name = shared.Length > 0 ? shared : node.Bool("use_node_name_sharing") ? node.Node.Name
            : node.State(() => $"_{node.Session.NextAnonymous()}_{node.Node.Name}");
        var known = new ResourceHandle(container, name);
        var output = node.OutputType(0) == DType.Resource
            ? Tensor.Scalar(known)
            : Tensor.From<byte[]>([Encoding.UTF8.GetBytes(container), Encoding.UTF8.GetBytes(name)], Shape.Vector(2));
        return OpModel.Kernel.From(context =>
        {
            var table = context.Session.Resources.GetOrCreate(known, () => create(context));
            if (table.KeyType != keyType || table.ValueType != valueType)
            {
                throw EngineException.InvalidArgument($"Conflicting key/value dtypes {keyType.Name()}->{valueType.Name()} with "
                    + $"{table.KeyType.Name()}->{table.ValueType.Name()} for table {name}");
            }
            context.SetOutput(0, output);
        });
    }

    private static bool IsContainerName(string name) => (char.IsAsciiLetterOrDigit(name[0]) || name[0] == '.')
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '/');

    /// <summary>The shape of a handle.</summary>
    internal static void InferShapes(InferenceContext c)
        => c.SetOutput(0, c.Node.OutputTypes[0].Base() == DType.String ? [2] : PartialShape.Scalar);
}
