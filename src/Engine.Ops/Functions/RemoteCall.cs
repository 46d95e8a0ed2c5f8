using System.Text;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.ControlFlow;
using Engine.Runtime;

namespace Engine.Ops.Functions;

/// <summary>Calls a function on the device that input 0 names, which must be one of this process.</summary>
[Op("RemoteCall")]
internal sealed class RemoteCall : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var function = node.Function("f");
        return BlockingKernel.WrapIfNeeded(Kernel.From(context =>
        {
            var target = context.Input(0);
            if (target.Rank != 0)
                throw EngineException.InvalidArgument($"The target must be a scalar, but it has shape {target.Shape}");
            var device = Encoding.UTF8.GetString(target.AsSpan<byte[]>()[0]);
            if (device.Length > 0 && device[0] != '/')
                throw EngineException.InvalidArgument($"Could not parse device name {device}");
            if (device.StartsWith("/job:", StringComparison.Ordinal) && !device.StartsWith("/job:localhost", StringComparison.Ordinal))
                throw EngineException.Internal($"Currently don't support instantiating functions on device: {device}");
            CallBranch.Run(context, function, 1);
        }), function);
    }
}
