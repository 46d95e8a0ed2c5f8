using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Images.Codecs;

namespace Engine.Ops.Images;

/// <summary>Decodes a part of a JPEG image.</summary>
[Op("DecodeAndCropJpeg")]
internal sealed class DecodeAndCropJpeg : IOp
{
    public static void InferShapes(InferenceContext c) => DecodeKernel.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => new DecodeKernel(node);

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();
}
