using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Functions;

/// <summary>The gradients of a function's arguments, from the arguments and the gradients of its results.</summary>
[Op("SymbolicGradient")]
internal sealed class SymbolicGradient : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        for (var i = 0; i < c.OutputCount && i < c.InputCount; i++)
        {
            if (c.Node.InputTypes[i] != DType.Resource)
                c.SetOutput(i, c.Input(i));
        }
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var function = node.GradientFunction("f");
        return BlockingKernel.WrapIfNeeded(new CallKernel(function), function);
    }
}
