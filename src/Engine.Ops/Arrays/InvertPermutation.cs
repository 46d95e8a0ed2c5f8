using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The permutation that undoes another: <c>y[x[i]] = i</c>.</summary>
[Op("InvertPermutation")]
internal sealed class InvertPermutation : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0, 1));

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var order = IndexTensor.Vector(context.Input(0), "invert_permutation's input");
        var inverse = new long[order.Length];
        Array.Fill(inverse, -1);
        for (var i = 0; i < order.Length; i++)
        {
            var d = order[i];
            if (d < 0 || d >= order.Length)
                throw EngineException.InvalidArgument($"{d} is not between 0 and {order.Length}");
            if (inverse[d] >= 0)
                throw EngineException.InvalidArgument($"{d} is duplicated in the input.");
            inverse[d] = i;
        }
        IndexTensor.Write(inverse, context.Allocate(0, context.Input(0).Shape));
    });

    public static Gradient?[] Gradient(GradientContext g) => [null];
}
