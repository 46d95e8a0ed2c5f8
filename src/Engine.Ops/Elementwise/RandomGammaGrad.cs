using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The derivative of a gamma sample in the shape of its distribution.</summary>
[Op("RandomGammaGrad")]
internal sealed class RandomGammaGrad : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float32 => MapBinary.Scalar<Body, float, float>(300),
        DType.Float64 => MapBinary.Scalar<Body, double, double>(300),
        _ => throw node.NoKernel(),
    };

    private readonly struct Body : IScalarBody2<float, float>, IScalarBody2<double, double>
    {
        public static float Invoke(float x, float y) => SpecialFunctions.RandomGammaGrad.Single.Invoke(x, y);

        public static double Invoke(double x, double y) => SpecialFunctions.RandomGammaGrad.Invoke(x, y);
    }
}
