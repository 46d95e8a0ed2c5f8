using System.Numerics;
using System.Runtime.CompilerServices;
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

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows(1);

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
                var pixel = images.Shape[3] * sizeof(T);
                var line = columns.Length * pixel;
                var to = (byte*)output.Pointer<T>() + (start * line);
                for (var r = start; r < end; r++, to += line)
                {
                    // Repeated lines are whole in the first-level cache.
                    if (r > start && r % rows.Length > 0 && rows[r % rows.Length] == rows[(r % rows.Length) - 1])
                        Buffer.MemoryCopy(to - line, to, line, line);
                    else
                        Line((byte*)images.Pointer<T>() + (((r / rows.Length * images.Shape[1]) + rows[r % rows.Length]) * images.Shape[2] * pixel), pixel, to);
                }
            }

            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            private void Line(byte* from, long pixel, byte* to)
            {
                foreach (var x in columns)
                {
                    var source = from + (x * pixel);
                    if (pixel >= Vector<byte>.Count)
                    {
                        for (var next = 0L; next < pixel; next += Vector<byte>.Count)
                        {
                            var i = Math.Min(next, pixel - Vector<byte>.Count);
                            Vector.Store(Vector.Load(source + i), to + i);
                        }
                    }
                    else
                    {
                        for (var c = 0L; c < pixel / sizeof(T); c++)
                            ((T*)to)[c] = ((T*)source)[c];
                    }

                    to += pixel;
                }
            }
        }
    }
}
