using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Images.Codecs;

namespace Engine.Ops.Images;

/// <summary>Decodes an image of any of the formats: GIF files to all pictures or to the first, others to one image.</summary>
[Op("DecodeImage")]
internal sealed class DecodeImage : IOp
{
    public static void InferShapes(InferenceContext c) => DecodeKernel.InferAnyShape(c);

    public static Kernel CreateKernel(KernelBuilder node) => new DecodeKernel(node);

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();
}
