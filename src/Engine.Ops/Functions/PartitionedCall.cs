using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Functions;

/// <summary>Calls a function. Most calls are replaced by the function's nodes when the plan is made; this runs the others, recursion above all.</summary>
[Op("PartitionedCall", "StatefulPartitionedCall")]
internal sealed class PartitionedCall : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var function = node.CalledFunction("f");
        return BlockingKernel.WrapIfNeeded(new CallKernel(function), function);
    }

    public static Gradient?[] Gradient(GradientContext g) => FunctionGradients.OfCall(g, g.Attr("f").AsFunction());
}
