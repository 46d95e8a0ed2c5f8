using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>Images in another size, by linear interpolation of the four neighbours.</summary>
[Op("ResizeBilinear")]
internal sealed class ResizeBilinear : IOp
{
    public static void InferShapes(InferenceContext c) => ResizeGeometry.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
        => ElementTypes.Real(node.Type("T"), new Factory(ResizeGeometry.Of(node))) ?? throw node.NoKernel();

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows(1);

    public static Gradient?[] Gradient(GradientContext g) => ResizeGeometry.Gradient(g, "ResizeBilinearGrad");

    private readonly struct Factory(ResizeGeometry geometry) : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => new Interpolation<T>(geometry);
    }

    private sealed class Interpolation<T>(ResizeGeometry geometry) : Kernel where T : unmanaged, INumber<T>
    {
        public override void Compute(KernelContext context)
        {
            var images = context.Input(0);
            var shape = ResizeGeometry.OutputShape(images, context.Input(1));
            var output = context.Allocate(0, shape);
            if (shape.Count == 0)
                return;
            var body = new BilinearRows<T>(geometry, images, output);
            context.Workers.Run(shape[0] * shape[1], shape[2] * shape[3] / 4, ref body);
        }
    }
}
