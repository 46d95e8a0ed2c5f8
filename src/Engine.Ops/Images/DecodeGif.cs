using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Images.Codecs;

namespace Engine.Ops.Images;

/// <summary>Decodes the pictures of a GIF file; also a PNG or JPEG image, as one picture.</summary>
[Op("DecodeGif")]
internal sealed class DecodeGif : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, new PartialShape(-1, -1, -1, 3));

    public static Kernel CreateKernel(KernelBuilder node) => new DecodeKernel(node);

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();
}
