using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Nn;

/// <summary>Grayscale dilation of images: the largest sum of an element of the window and one of the filter, channel by channel.</summary>
[Op("Dilation2D")]
internal sealed class Dilation2D : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape images = c.Input(0, 4), filter = c.Input(1, 3);
        WindowAttributes window = DilationOps.Window(c.Node);
        long channels = images[3] >= 0 ? images[3] : filter[2];
        if (filter[2] >= 0 && channels != filter[2])
            throw c.Fail($"Dimensions must be equal, but are {channels} and {filter[2]}");
        long[] spatial = [window.Output(0, images[1], filter[0]), window.Output(1, images[2], filter[1])];
        c.SetOutput(0, window.PartialImages(images[0], spatial, channels));
    }

    public static Kernel CreateKernel(KernelBuilder node) => DilationOps.CreateKernel(node, DilationResult.Output);

    public static Gradient?[] Gradient(GradientContext g)
        => [DilationOps.Node(g, "Dilation2DBackpropInput"), DilationOps.Node(g, "Dilation2DBackpropFilter")];
}
