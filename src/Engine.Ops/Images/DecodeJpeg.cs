using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Images.Codecs;

namespace Engine.Ops.Images;

/// <summary>Decodes a JPEG image; also a PNG image or a GIF picture.</summary>
[Op("DecodeJpeg")]
internal sealed class DecodeJpeg : IOp
{
    public static void InferShapes(InferenceContext c) => DecodeKernel.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => new DecodeKernel(node);

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();
}
