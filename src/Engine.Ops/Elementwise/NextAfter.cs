using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The next number after x1 in the direction of x2.</summary>
[Op("NextAfter")]
internal sealed class NextAfter : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float32 => MapBinary.Scalar<Body, float, float>(),
        DType.Float64 => MapBinary.Scalar<Body, double, double>(),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g)
    {
        var dz = g.OutputGradient(0);
        return [g.SumToShapeOf(dz * g.Apply("OnesLike", g.Input(0)), g.Input(0)), g.SumToShapeOf(dz * g.Apply("ZerosLike", g.Input(1)), g.Input(1))];
    }

    private readonly struct Body : IScalarBody2<float, float>, IScalarBody2<double, double>
    {
        public static float Invoke(float x, float y)
            => x < y ? MathF.BitIncrement(x) : x > y ? MathF.BitDecrement(x) : float.IsNaN(x) ? x : y;

        public static double Invoke(double x, double y)
            => x < y ? Math.BitIncrement(x) : x > y ? Math.BitDecrement(x) : double.IsNaN(x) ? x : y;
    }
}
