using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.Fourier;

/// <summary>The inverse Fourier transform of complex numbers along the last one, two or three dimensions.</summary>
[Op("IFFT", "IFFT2D", "IFFT3D")]
internal sealed class IFFT : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.WithRankAtLeast(c.Input(0), FourierKernel.Dimensions(c.Node.Op)));

    public static Kernel CreateKernel(KernelBuilder node) => FourierKernel.Create(node, inverse: true);

    public static Gradient?[] Gradient(GradientContext g)
    {
        Value d = g.OutputGradient(0);
        Value size = FourierGradients.Size(g, d, d.Type.Base());
        return [g.Node("Mul", g.Node(g.Node.Op[1..], d), g.Node("Reciprocal", size))];
    }
}
