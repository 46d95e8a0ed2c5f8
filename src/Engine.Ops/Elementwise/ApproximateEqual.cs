using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Elementwise;

/// <summary>Whether elements differ by less than a tolerance. The shapes must be equal.</summary>
[Op("ApproximateEqual")]
internal sealed class ApproximateEqual : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0).Merge(c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float32 => new CompareKernel<float>(node.Float("tolerance")),
        DType.Float64 => new CompareKernel<double>(node.Float("tolerance")),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => [null, null];

    private sealed class CompareKernel<T>(T tolerance) : Kernel where T : unmanaged, INumber<T>
    {
        public override void Compute(KernelContext context)
        {
            var (x, y) = (context.Input(0), context.Input(1));
            if (!x.Shape.Equals(y.Shape))
                throw EngineException.InvalidArgument($"x and y must be of the same shape. x shape: {x.Shape}. y shape: {y.Shape}");
            var a = x.AsSpan<T>();
            var b = y.AsSpan<T>();
            var result = context.Allocate(0, x.Shape).AsSpan<bool>();
            for (var i = 0; i < result.Length; i++)
                result[i] = T.Abs(a[i] - b[i]) < tolerance;
        }
    }
}
