using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>A constant of the graph.</summary>
[Op("Const", "HostConst")]
internal sealed class Const : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Attr("value").AsTensor().Shape);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var value = node.Tensor("value");
        if (value.Type != node.Type("dtype"))
            throw node.Fail($"Type mismatch between value ({value.Type.Name()}) and dtype ({node.Type("dtype").Name()})");
        return Kernel.From(context => context.SetOutput(0, value));
    }
}
