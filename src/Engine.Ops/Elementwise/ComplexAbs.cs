using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>The moduli of complex numbers.</summary>
[Op("ComplexAbs")]
internal sealed class ComplexAbs : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => (node.Type("T"), node.Type("Tout")) switch
    {
        (DType.Complex64, DType.Float32) => new UnaryKernel<ComplexModulus<Body, Complex64, float>, Complex64, float>(2),
        (DType.Complex128, DType.Float64) => new UnaryKernel<ComplexModulus<Body, Complex, double>, Complex, double>(4),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g)
    {
        var dz = g.OutputGradient(0);
        var gradient = g.NewNode("Complex").Input(dz).Input(g.Apply("ZerosLike", dz)).Attr("Tout", g.Type("T")).Build()[0];
        var modulus = g.NewNode("Complex").Input(g.Output(0)).Input(g.Apply("ZerosLike", g.Output(0))).Attr("Tout", g.Type("T")).Build()[0];
        return [g.Apply("DivNoNan", gradient * g.Input(0), modulus)];
    }

    private readonly struct Body : IScalarBody<Complex64, float>, IScalarBody<Complex, double>
    {
        public static float Invoke(Complex64 x) => x.Magnitude;

        public static double Invoke(Complex x) => Complex.Abs(x);
    }
}
