using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>Images seen through projective transforms, each eight numbers of the 3×3 matrix from output to input positions (the ninth is 1).</summary>
[Op("ImageProjectiveTransformV3", "ImageProjectiveTransformV2")]
internal sealed class ImageProjectiveTransformV3 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var images = c.Input(0, 4);
        c.Input(2, 1);
        var size = c.InputAsShape(2);
        if (size.HasRank && size.Rank != 2)
            throw c.Fail($"Dimension must be 2 but is {size.Rank}");
        c.SetOutput(0, new PartialShape(images[0], size[0], size[1], images[3]));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var nearest = node.String("interpolation") switch
        {
            "NEAREST" => true,
            "BILINEAR" => false,
            var name => throw node.Fail($"Invalid interpolation {name}. Supported types: NEAREST, BILINEAR"),
        };
        var mode = node.String("fill_mode") switch
        {
            "REFLECT" => FillMode.Reflect,
            "WRAP" => FillMode.Wrap,
            "CONSTANT" => FillMode.Constant,
            "NEAREST" => FillMode.Nearest,
            var name => throw node.Fail($"Invalid mode {name}. Supported types: REFLECT, WRAP, CONSTANT, NEAREST"),
        };
        return node.Type("dtype") switch
        {
            DType.UInt8 => new Projection<byte>(nearest, mode),
            DType.Int32 => new Projection<int>(nearest, mode),
            DType.Int64 => new Projection<long>(nearest, mode),
            DType.Float16 => new Projection<Half>(nearest, mode),
            DType.Float32 => new Projection<float>(nearest, mode),
            DType.Float64 => new Projection<double>(nearest, mode),
            _ => throw node.NoKernel(),
        };
    }

    /// <summary>The gradient seen through the inverse transforms.</summary>
    public static Gradient?[] Gradient(GradientContext g)
    {
        var rows = g.Node("Reshape", g.Input(1), g.Ints(-1, 8));
        var one = g.NewNode("Fill").Input(g.Concat(0, g.Part(g.ShapeOf(rows), g.Ints(0), g.Ints(1)), g.Ints(1))).Input(g.Scalar(1, DType.Float32)).Build()[0];
        var matrices = g.Node("Reshape", g.Concat(1, rows, one), g.Ints(-1, 3, 3));
        var flat = g.Node("Reshape", g.Node("MatrixInverse", matrices), g.Ints(-1, 9));
        var scaled = g.Node("RealDiv", flat, g.Node("Slice", flat, g.Ints(0, 8), g.Ints(-1, 1)));
        var inverse = g.Node("Slice", scaled, g.Ints(0, 0), g.Ints(-1, 8));
        var size = g.Part(g.ShapeOf(g.Input(0)), g.Ints(1), g.Ints(3));
        var node = g.NewNode(g.Node.Op).Input(g.OutputGradient(0)).Input(inverse).Input(size);
        if (g.InputCount == 4)
            node.Input(g.Scalar(0, DType.Float32));
        var gradients = new Gradient?[g.InputCount];
        gradients[0] = node.Attr("interpolation", g.Attr("interpolation")).Attr("fill_mode", g.Attr("fill_mode")).Build()[0];
        return gradients;
    }

    private sealed class Projection<T>(bool nearest, FillMode mode) : Kernel where T : unmanaged, INumber<T>
    {
        public override void Compute(KernelContext context)
        {
            var (images, transforms, size) = (context.Input(0), context.Input(1), context.Input(2));
            if (images.Rank != 4)
                throw EngineException.InvalidArgument($"images must have rank 4, not {images.Shape}");
            if (transforms.Rank != 2 || transforms.Shape[1] != 8 || (transforms.Shape[0] != 1 && transforms.Shape[0] != images.Shape[0]))
                throw EngineException.InvalidArgument($"Input transform should be num_images x 8 or 1 x 8, not {transforms.Shape}");
            var (height, width) = ImageSize.Read(size, "new image dimensions");
            var fill = context.InputCount > 3 ? ContrastKernel.Scalar(context, 3, "fill_value") : 0;
            var output = context.Allocate(0, new Shape(images.Shape[0], height, width, images.Shape[3]));
            var body = new Rows(images, transforms, output, T.CreateTruncating(fill), nearest, mode);
            context.Workers.Run(images.Shape[0] * height, width * images.Shape[3] * 8, ref body);
        }

        private readonly unsafe struct Rows(Tensor images, Tensor transforms, Tensor output, T fill, bool nearest, FillMode mode) : IRangeBody
        {
            private long Height => images.Shape[1];

            private long Width => images.Shape[2];

            public void Invoke(long start, long end)
            {
                var (height, width, channels) = (output.Shape[1], output.Shape[2], (int)images.Shape[3]);
                for (var r = start; r < end; r++)
                {
                    var (b, y) = (r / height, r % height);
                    var t = transforms.Pointer<float>() + (transforms.Shape[0] == 1 ? 0 : b * 8);
                    var image = images.Pointer<T>() + (b * Height * Width * channels);
                    for (var x = 0L; x < width; x++)
                    {
                        var pixel = new Span<T>(output.Pointer<T>() + (((r * width) + x) * channels), channels);
                        var depth = (t[6] * x) + (t[7] * y) + 1;
                        if (depth == 0)
                        {
                            // The point lies at infinity.
                            pixel.Fill(fill);
                            continue;
                        }
                        var column = mode.Map(((t[0] * x) + (t[1] * y) + t[2]) / depth, Width);
                        var row = mode.Map(((t[3] * x) + (t[4] * y) + t[5]) / depth, Height);
                        if (nearest)
                            Take(image, MathF.Round(row, MidpointRounding.AwayFromZero), MathF.Round(column, MidpointRounding.AwayFromZero), pixel);
                        else
                            Interpolate(image, row, column, pixel);
                    }
                }
            }

            /// <summary>Where a pixel starts; null outside the image.</summary>
            private T* Find(T* image, float y, float x)
                => y >= 0 && y < Height && x >= 0 && x < Width ? image + ((((long)y * Width) + (long)x) * images.Shape[3]) : null;

            private void Take(T* image, float y, float x, Span<T> pixel)
            {
                var from = Find(image, y, x);
                if (from == null)
                    pixel.Fill(fill);
                else
                    new Span<T>(from, pixel.Length).CopyTo(pixel);
            }

            private void Interpolate(T* image, float y, float x, Span<T> pixel)
            {
                var (top, left) = (MathF.Floor(y), MathF.Floor(x));
                var (bottom, right) = (top + 1, left + 1);
                T* a = Find(image, top, left), b = Find(image, top, right), d = Find(image, bottom, left), e = Find(image, bottom, right);
                for (var c = 0; c < pixel.Length; c++)
                {
                    var above = ((right - x) * At(a, c)) + ((x - left) * At(b, c));
                    var below = ((right - x) * At(d, c)) + ((x - left) * At(e, c));
                    pixel[c] = T.CreateTruncating(((bottom - y) * above) + ((y - top) * below));
                }
            }

            private float At(T* pixel, int channel) => float.CreateTruncating(pixel == null ? fill : pixel[channel]);
        }
    }
}
