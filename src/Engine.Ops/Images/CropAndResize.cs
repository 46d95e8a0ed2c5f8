using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>Boxes cut out of images and brought to one size.</summary>
[Op("CropAndResize")]
internal sealed class CropAndResize : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape image = c.Input(0, 4), boxes = c.Input(1, 2), index = c.Input(2, 1);
        if (boxes[1] >= 0 && boxes[1] != 4)
            throw c.Fail($"Dimension must be 4 but is {boxes[1]}");
        if (boxes[0] >= 0 && index[0] >= 0 && boxes[0] != index[0])
            throw c.Fail($"Dimensions must be equal, but are {boxes[0]} and {index[0]}");
        c.Input(3, 1);
        var size = c.InputAsShape(3);
        if (size.HasRank && size.Rank != 2)
            throw c.Fail($"Dimension must be 2 but is {size.Rank}");
        c.SetOutput(0, new PartialShape(boxes[0] >= 0 ? boxes[0] : index[0], size[0], size[1], image[3]));
    }

    public static Kernel CreateKernel(KernelBuilder node)
        => ElementTypes.Real(node.Type("T"), new Factory(IsNearest(node), node.Float("extrapolation_value"))) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        Gradient? images = null;
        if (g.Type("T") is DType.Float16 or DType.Float32 or DType.Float64)
        {
            images = g.NewNode("CropAndResizeGradImage").Input(g.OutputGradient(0)).Input(g.Input(1)).Input(g.Input(2)).Input(g.ShapeOf(g.Input(0)))
                .Attr("T", g.Type("T")).Attr("method", g.Attr("method")).Build()[0];
        }
        // The positions of boxes are differentiated as linear interpolation whatever the method.
        var boxes = g.NewNode("CropAndResizeGradBoxes").Input(g.OutputGradient(0)).Input(g.Input(0)).Input(g.Input(1)).Input(g.Input(2)).Build()[0];
        return [images, boxes, null, null];
    }

    /// <summary>Whether the nearest pixel is taken rather than interpolated between four.</summary>
    internal static bool IsNearest(KernelBuilder node) => node.String("method") switch
    {
        "nearest" => true,
        "bilinear" => false,
        var method => throw node.Fail($"method must be 'bilinear' or 'nearest', not '{method}'"),
    };

    private readonly struct Factory(bool nearest, float outside) : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => new Crops<T>(nearest, outside);
    }

    private sealed class Crops<T>(bool nearest, float outside) : Kernel where T : unmanaged, INumber<T>
    {
        public override void Compute(KernelContext context)
        {
            var images = context.Input(0);
            if (images.Rank != 4)
                throw EngineException.InvalidArgument($"input image must be 4-D, not {images.Shape}");
            if (images.Shape[1] <= 0 || images.Shape[2] <= 0 || images.Shape[1] > int.MaxValue || images.Shape[2] > int.MaxValue)
                throw EngineException.InvalidArgument("image dimensions must be positive");
            var boxes = CropBoxes.Of(context, 1, 2, images.Shape[0]);
            var (height, width) = ImageSize.Read(context.Input(3), "crop_size");
            var output = context.Allocate(0, new Shape(boxes.Count, height, width, images.Shape[3]));
            var body = new Rows(images, boxes, output, nearest, outside);
            context.Workers.Run(boxes.Count * height, width * images.Shape[3] * 4, ref body);
        }

        private readonly unsafe struct Rows(Tensor images, CropBoxes boxes, Tensor output, bool nearest, float outside) : IRangeBody
        {
            public void Invoke(long start, long end)
            {
                var (height, width, depth) = (output.Shape[1], output.Shape[2], output.Shape[3]);
                var (rows, columns) = (images.Shape[1], images.Shape[2]);
                for (var r = start; r < end; r++)
                {
                    var box = r / height;
                    var to = new Span<float>(output.Pointer<float>() + (r * width * depth), checked((int)(width * depth)));
                    var across = boxes.Axis(box, 0, rows, height);
                    var y = across.Position(r % height);
                    if (!across.Contains(y))
                    {
                        to.Fill(outside);
                        continue;
                    }
                    var image = images.Pointer<T>() + (boxes.Image(box) * rows * columns * depth);
                    var along = boxes.Axis(box, 1, columns, width);
                    for (var i = 0; i < width; i++)
                    {
                        var pixel = to.Slice((int)(i * depth), (int)depth);
                        var x = along.Position(i);
                        if (!along.Contains(x))
                            pixel.Fill(outside);
                        else if (nearest)
                            Take(image + (((Round(y) * columns) + Round(x)) * depth), pixel);
                        else
                            Interpolate(image, columns * depth, y, x, pixel);
                    }
                }
            }

            private static long Round(float position) => (long)MathF.Round(position, MidpointRounding.AwayFromZero);

            private static void Take(T* from, Span<float> pixel)
            {
                for (var c = 0; c < pixel.Length; c++)
                    pixel[c] = float.CreateTruncating(from[c]);
            }

            private static void Interpolate(T* image, long row, float y, float x, Span<float> pixel)
            {
                long top = (long)MathF.Floor(y) * row, bottom = (long)MathF.Ceiling(y) * row;
                long left = (long)MathF.Floor(x) * pixel.Length, right = (long)MathF.Ceiling(x) * pixel.Length;
                var (down, across) = (y - MathF.Floor(y), x - MathF.Floor(x));
                for (var c = 0; c < pixel.Length; c++)
                {
                    var (a, b) = (float.CreateTruncating(image[top + left + c]), float.CreateTruncating(image[top + right + c]));
                    var (d, e) = (float.CreateTruncating(image[bottom + left + c]), float.CreateTruncating(image[bottom + right + c]));
                    var above = a + ((b - a) * across);
                    var below = d + ((e - d) * across);
                    pixel[c] = above + ((below - above) * down);
                }
            }
        }
    }
}
