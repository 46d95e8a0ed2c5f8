using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>Complex conjugates; a variant is itself.</summary>
[Op("Conj")]
internal sealed class Conj : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Complex64 => MapUnary.Scalar<Body, Complex64, Complex64>(2),
        DType.Complex128 => MapUnary.Scalar<Body, Complex, Complex>(2),
        DType.Variant => new ForwardKernel(),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => [g.Apply("Conj", g.OutputGradient(0))];

    private readonly struct Body : IScalarBody<Complex64, Complex64>, IScalarBody<Complex, Complex>
    {
        public static Complex64 Invoke(Complex64 x) => Complex64.Conjugate(x);

        public static Complex Invoke(Complex x) => Complex.Conjugate(x);
    }
}
