using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.Fourier;

/// <summary>The inverse of the Fourier transform of real numbers along the last one, two or three dimensions.</summary>
[Op("IRFFT", "IRFFT2D", "IRFFT3D")]
internal sealed class IRFFT : IOp
{
    public static void InferShapes(InferenceContext c) => RealFourierKernel.InferShapes(c, inverse: true);

    public static Kernel CreateKernel(KernelBuilder node) => RealFourierKernel.Create(node, inverse: true);

    public static Gradient?[] Gradient(GradientContext g)
    {
        if (FourierKernel.Dimensions(g.Node.Op) == 3)
            throw g.NotDifferentiable();
        DType real = g.Type("Treal"), complex = g.Type("Tcomplex");
        Value d = g.OutputGradient(0), length = g.Input(1);
        // All but the first and, for an even length, the last element stand for their mirror images too.
        Value odd = g.Node("FloorMod", FourierGradients.Last(g, length), g.Int(2));
        Value twice = g.Node("Sub", g.Node("Add", FourierGradients.Last(g, g.ShapeOf(g.Input(0))), odd), g.Int(2));
        Value mask = g.Concat(
            0,
            g.Node("Fill", g.Ints(1), g.Scalar(1, real)),
            g.Node("Fill", g.Node("Reshape", twice, g.Ints(1)), g.Scalar(2, real)),
            g.Node("Fill", g.Node("Reshape", g.Node("Sub", g.Int(1), odd), g.Ints(1)), g.Scalar(1, real)));
        Value factor = g.Node("Div", mask, FourierGradients.Size(g, d, real));
        Value spectrum = g.NewNode(g.Node.Op[1..]).Input(d).Input(length).Attr("Tcomplex", complex).Build()[0];
        return [g.Node("Mul", spectrum, g.Cast(factor, complex)), null];
    }
}
