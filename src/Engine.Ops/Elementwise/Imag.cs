using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>The imaginary parts of complex numbers.</summary>
[Op("Imag")]
internal sealed class Imag : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => (node.Type("T"), node.Type("Tout")) switch
    {
        (DType.Complex64, DType.Float32) => MapUnary.Scalar<Body, Complex64, float>(),
        (DType.Complex128, DType.Float64) => MapUnary.Scalar<Body, Complex, double>(),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g)
    {
        var dz = g.OutputGradient(0);
        return [g.NewNode("Complex").Input(g.Apply("ZerosLike", dz)).Input(dz).Attr("Tout", g.Type("T")).Build()[0]];
    }

    private readonly struct Body : IScalarBody<Complex64, float>, IScalarBody<Complex, double>
    {
        public static float Invoke(Complex64 x) => x.Imaginary;

        public static double Invoke(Complex x) => x.Imaginary;
    }
}
