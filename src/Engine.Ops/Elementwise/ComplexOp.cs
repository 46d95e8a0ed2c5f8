using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>Complex numbers from real and imaginary parts that are broadcast together.</summary>
[Op("Complex")]
internal sealed class ComplexOp : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node) => (node.Type("T"), node.Type("Tout")) switch
    {
        (DType.Float32, DType.Complex64) => MapBinary.Scalar<Body, float, Complex64>(),
        (DType.Float64, DType.Complex128) => MapBinary.Scalar<Body, double, Complex>(),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g)
    {
        var dz = g.OutputGradient(0);
        var real = g.NewNode("Real").Input(dz).Attr("Tout", g.Type("T")).Build()[0];
        var imaginary = g.NewNode("Imag").Input(dz).Attr("Tout", g.Type("T")).Build()[0];
        return [g.SumToShapeOf(real, g.Input(0)), g.SumToShapeOf(imaginary, g.Input(1))];
    }

    private readonly struct Body : IScalarBody2<float, Complex64>, IScalarBody2<double, Complex>
    {
        public static Complex64 Invoke(float x, float y) => new(x, y);

        public static Complex Invoke(double x, double y) => new(x, y);
    }
}
