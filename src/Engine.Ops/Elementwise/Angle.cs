using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>The arguments of complex numbers in radians, in [-π, π].</summary>
[Op("Angle")]
internal sealed class Angle : IOp
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
        var zeros = g.Apply("ZerosLike", dz);
        var real = g.NewNode("Real").Input(g.Input(0)).Attr("Tout", g.Type("Tout")).Build()[0];
        var imaginary = g.NewNode("Imag").Input(g.Input(0)).Attr("Tout", g.Type("Tout")).Build()[0];
        var inverse = g.Apply("Reciprocal", g.NewNode("Complex").Input(imaginary).Input(real).Attr("Tout", g.Type("T")).Build()[0]);
        return [g.NewNode("Complex").Input(dz).Input(zeros).Attr("Tout", g.Type("T")).Build()[0] * -inverse];
    }

    private readonly struct Body : IScalarBody<Complex64, float>, IScalarBody<Complex, double>
    {
        public static float Invoke(Complex64 x) => x.Phase;

        public static double Invoke(Complex x) => x.Phase;
    }
}
