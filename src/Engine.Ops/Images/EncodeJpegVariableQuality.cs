using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Images.Codecs.Jpeg;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>Encodes a gray or RGB image as JPEG, in a quality that is an input.</summary>
[Op("EncodeJpegVariableQuality")]
internal sealed class EncodeJpegVariableQuality : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 3);
        c.Input(1, 0);
        c.SetOutput(0, PartialShape.Scalar);
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(Compute, isSequential: true);

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private static void Compute(KernelContext context)
    {
        var quality = context.Input(1);
        if (quality.Rank != 0)
            throw EngineException.InvalidArgument($"quality must be a scalar, not {quality.Shape}");
        var value = quality.Item<int>();
        if (value is < 0 or > 100)
            throw EngineException.InvalidArgument($"quality must be in [0,100], got {value}");
        EncodeJpeg.Compute(context, new JpegEncoding { Quality = value }, required: 0);
    }
}
