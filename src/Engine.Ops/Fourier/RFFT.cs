using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.Fourier;

/// <summary>The Fourier transform of real numbers along the last one, two or three dimensions.</summary>
[Op("RFFT", "RFFT2D", "RFFT3D")]
internal sealed class RFFT : IOp
{
    public static void InferShapes(InferenceContext c) => RealFourierKernel.InferShapes(c, inverse: false);

    public static Kernel CreateKernel(KernelBuilder node) => RealFourierKernel.Create(node, inverse: false);

    public static Gradient?[] Gradient(GradientContext g)
    {
        if (FourierKernel.Dimensions(g.Node.Op) == 3)
            throw g.NotDifferentiable();
        // The transform is linear: its adjoint, on the whole spectrum, is a transform of the conjugate.
        Value d = g.OutputGradient(0), length = g.Input(1);
        Value leading = g.NewNode("StridedSlice").Input(g.ShapeOf(d)).Input(g.Ints(0)).Input(g.Ints(-1)).Input(g.Ints(1)).Attr("begin_mask", 1).Build()[0];
        Value last = g.Node("Reshape", FourierGradients.Last(g, length), g.Ints(1));
        Value spectrum = FourierGradients.PadTo(g, g.Node("Conj", d), g.Concat(0, leading, last));
        Value adjoint = g.NewNode("Real").Input(g.Node(g.Node.Op[1..], spectrum)).Attr("Tout", g.Type("Treal")).Build()[0];
        return [FourierGradients.PadTo(g, adjoint, g.ShapeOf(g.Input(0))), null];
    }
}
