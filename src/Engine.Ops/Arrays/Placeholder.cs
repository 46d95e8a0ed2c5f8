using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>A tensor that must be fed.</summary>
[Op("Placeholder", "PlaceholderV2")]
internal sealed class Placeholder : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Attr("shape").AsShape());

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var message = $"You must feed a value for placeholder tensor '{node.Node.Name}' with dtype {node.Type("dtype").Name()}";
        return Kernel.From(_ => throw EngineException.InvalidArgument(message));
    }
}
