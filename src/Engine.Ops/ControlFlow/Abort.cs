using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.ControlFlow;

/// <summary>Ends the run with an error, where TensorFlow ends the process.</summary>
[Op("Abort")]
internal sealed class Abort : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var message = $"Abort_op intentional failure; {node.String("error_msg")}";
        return Kernel.From(_ => throw EngineException.Aborted(message));
    }
}
