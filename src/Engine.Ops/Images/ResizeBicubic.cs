using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Images;

/// <summary>Images in another size, by cubic interpolation of the sixteen neighbours.</summary>
[Op("ResizeBicubic")]
internal sealed class ResizeBicubic : IOp
{
    public static void InferShapes(InferenceContext c) => ResizeGeometry.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
        => ElementTypes.Real(node.Type("T"), new Factory(ResizeGeometry.Of(node))) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => ResizeGeometry.Gradient(g, "ResizeBicubicGrad");

    private readonly struct Factory(ResizeGeometry geometry) : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T>
        {
            var captured = geometry;
            return Kernel.From(context =>
            {
                var images = context.Input(0);
                var shape = ResizeGeometry.OutputShape(images, context.Input(1));
                var output = context.Allocate(0, shape);
                if (shape.Count == 0)
                    return;
                var rows = BicubicTaps.Make(captured, (int)images.Shape[1], (int)shape[1]);
                var columns = BicubicTaps.Make(captured, (int)images.Shape[2], (int)shape[2]);
                SeparableResampling.Forward<T>(context, images, rows, columns, output);
            });
        }
    }
}
