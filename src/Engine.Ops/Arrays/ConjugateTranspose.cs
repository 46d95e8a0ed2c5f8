using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>The dimensions in another order, and the complex conjugate.</summary>
[Op("ConjugateTranspose")]
internal sealed class ConjugateTranspose : IOp
{
    public static void InferShapes(InferenceContext c) => Permutation.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("T", TypeGroups.Common | TypeGroups.Float8);
        return type switch
        {
            DType.Complex64 => Kernel.From(context => Run<float>(context)),
            DType.Complex128 => Kernel.From(context => Run<double>(context)),
            _ => Kernel.From(Permutation.Run),
        };
    }

    public static Gradient?[] Gradient(GradientContext g)
        => [g.Node("ConjugateTranspose", g.OutputGradient(0), g.Node("InvertPermutation", g.Input(1))), null];

    // Real and imaginary parts alternate: every second number changes its sign.
    private static unsafe void Run<TPart>(KernelContext context) where TPart : unmanaged, IFloatingPointIeee754<TPart>
    {
        Permutation.Run(context, mayShare: false);
        var result = context.Output(0)!;
        var parts = result.Pointer<TPart>();
        for (var i = 1L; i < 2 * result.Count; i += 2)
            parts[i] = -parts[i];
    }
}
