using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Functions;

/// <summary>Which of some device types the op runs on; their number when it is none of them.</summary>
[Op("DeviceIndex")]
internal sealed class DeviceIndex : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var names = node.Strings("device_names");
        var position = Array.IndexOf(names, "CPU");
        var index = Tensor.Scalar(position < 0 ? names.Length : position);
        return Kernel.From(context => context.SetOutput(0, index));
    }
}
