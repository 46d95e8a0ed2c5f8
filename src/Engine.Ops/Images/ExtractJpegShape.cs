using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Images.Codecs.Jpeg;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>Height, width and channels of a JPEG image, from its header alone.</summary>
[Op("ExtractJpegShape")]
internal sealed class ExtractJpegShape : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 0);
        c.SetOutput(0, PartialShape.Vector(3));
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("output_type") switch
    {
        DType.Int32 => Kernel.From(context => Compute(context, n => n)),
        DType.Int64 => Kernel.From(context => Compute(context, n => (long)n)),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private static void Compute<T>(KernelContext context, Func<int, T> convert) where T : unmanaged
    {
        var contents = context.Input(0);
        if (contents.Rank != 0)
            throw EngineException.InvalidArgument($"contents must be a scalar, not {contents.Shape}");
        var (height, width, channels) = JpegSize.Read(contents.Item<byte[]>());
        var output = context.Allocate(0, Shape.Vector(3)).AsSpan<T>();
        (output[0], output[1], output[2]) = (convert(height), convert(width), convert(channels));
    }
}
