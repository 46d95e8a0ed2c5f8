using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Images.Codecs;

namespace Engine.Ops.Images;

/// <summary>Decodes a PNG image; also a JPEG image or a GIF picture.</summary>
[Op("DecodePng")]
internal sealed class DecodePng : IOp
{
    public static void InferShapes(InferenceContext c) => DecodeKernel.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => new DecodeKernel(node);

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();
}
