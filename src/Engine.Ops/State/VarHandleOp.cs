using Engine.OpModel;

namespace Engine.Ops.State;

/// <summary>A handle to a resource variable: its container and name.</summary>
[Op("VarHandleOp")]
internal sealed class VarHandleOp : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var name = node.String("shared_name");
        var handle = name == ResourceHandle.AnonymousName ? node.State(() => Make(node, name)) : Make(node, name);
        var tensor = Tensor.Scalar(handle);
        return Kernel.From(context => context.SetOutput(0, tensor));
    }

    private static ResourceHandle Make(KernelBuilder node, string name) => new(node.String("container"), name)
    {
        ValueType = node.Type("dtype"),
        ValueShape = node.Shape("shape"),
        IsAnonymous = name == ResourceHandle.AnonymousName,
    };
}
