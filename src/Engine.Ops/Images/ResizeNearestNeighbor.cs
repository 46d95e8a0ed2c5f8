using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>Images in another size, each pixel that of the nearest input position.</summary>
[Op("ResizeNearestNeighbor")]
internal sealed class ResizeNearestNeighbor : IOp
{
    public static void InferShapes(InferenceContext c) => ResizeGeometry.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
        => ElementTypes.Real(node.Type("T"), new Factory(ResizeGeometry.Of(node))) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var size = g.Part(g.ShapeOf(g.Input(0)), g.Ints(1), g.Ints(3));
        return [g.NewNode("ResizeNearestNeighborGrad").Input(g.OutputGradient(0)).Input(size)
            .Attr("align_corners", g.Attr("align_corners")).Attr("half_pixel_centers", g.Attr("half_pixel_centers")).Build()[0], null];
    }

    private readonly struct Factory(ResizeGeometry geometry) : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => new Selection<T>(geometry);
    }

    private sealed class Selection<T>(ResizeGeometry geometry) : Kernel where T : unmanaged, INumber<T>
    {
        public override void Compute(KernelContext context)
        {
            var images = context.Input(0);
            var shape = ResizeGeometry.OutputShape(images, context.Input(1));
            var output = context.Allocate(0, shape);
            if (shape.Count == 0)
                return;
            var body = new Rows(images, geometry.Nearest((int)images.Shape[1], (int)shape[1]), geometry.Nearest((int)images.Shape[2], (int)shape[2]), output);
            context.Workers.Run(shape[0] * shape[1], shape[2] * shape[3], ref body);
        }

        private readonly unsafe struct Rows(Tensor images, int[] rows, int[] columns, Tensor output) : IRangeBody
        {
            public void Invoke(long start, long end)
            {
                var channels = images.Shape[3];
                var to = output.Pointer<T>() + (start * columns.Length * channels);
                for (var r = start; r < end; r++)
                {
                    var from = images.Pointer<T>() + (((r / rows.Length * images.Shape[1]) + rows[r % rows.Length]) * images.Shape[2] * channels);
                    foreach (var x in columns)
                    {
                        for (var c = 0L; c < channels; c++)
                            *to++ = from[(x * channels) + c];
                    }
                }
            }
        }
    }
}
