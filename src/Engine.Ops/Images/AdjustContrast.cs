using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Images;

/// <summary>The contrast adjustment of graphs before version 2, which limits the result to a range.</summary>
[Op("AdjustContrast")]
internal sealed class AdjustContrast : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        for (var i = 1; i < 4; i++)
            c.Input(i, 0);
        c.SetOutput(0, c.WithRankAtLeast(c.Input(0), 3));
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") is DType.UInt8 or DType.Int8 or DType.Int16 or DType.Int32 or DType.Float32 or DType.Float64
        ? ElementTypes.Real(node.Type("T"), default(Factory))!
        : throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private readonly struct Factory : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T>
            => Kernel.From(context => ContrastKernel.Run<T>(context, ContrastKernel.Scalar(context, 2, "min_value"), ContrastKernel.Scalar(context, 3, "max_value")));
    }
}
