using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>The gradient of <see cref="CropAndResize"/> for the corners of the boxes.</summary>
[Op("CropAndResizeGradBoxes")]
internal sealed class CropAndResizeGradBoxes : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 4);
        c.Input(1, 4);
        c.Input(3, 1);
        c.SetOutput(0, c.Input(2, 2));
    }

    public static Kernel CreateKernel(KernelBuilder node)
        => node.String("method") != "bilinear" ? throw node.Fail("method must be 'bilinear'")
            : ElementTypes.Real(node.Type("T"), default(Factory)) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private static unsafe void Compute<T>(KernelContext context) where T : unmanaged, INumberBase<T>
    {
        var (gradients, images) = (context.Input(0), context.Input(1));
        if (gradients.Rank != 4 || images.Rank != 4)
            throw EngineException.InvalidArgument($"grads and image must be 4-D, not {gradients.Shape} and {images.Shape}");
        if (gradients.Shape[1] <= 0 || gradients.Shape[2] <= 0 || images.Shape[1] <= 0 || images.Shape[2] <= 0)
            throw EngineException.InvalidArgument("grads and image dimensions must be positive");
        if (images.Shape[3] != gradients.Shape[3])
            throw EngineException.InvalidArgument("image, grads depth differ");
        var boxes = CropBoxes.Of(context, 2, 3, images.Shape[0]).Finite();
        if (boxes.Count != gradients.Shape[0])
            throw EngineException.InvalidArgument($"boxes and grads have incompatible shape: {boxes.Count} and {gradients.Shape[0]}");
        var output = context.AllocateZeros(0, Shape.Matrix(boxes.Count, 4));
        var (height, width, depth) = (gradients.Shape[1], gradients.Shape[2], gradients.Shape[3]);
        var (rows, columns) = (images.Shape[1], images.Shape[2]);
        var from = gradients.Pointer<float>();
        var to = output.Pointer<float>();
        for (var box = 0L; box < boxes.Count; box++, to += 4)
        {
            var image = images.Pointer<T>() + (boxes.Image(box) * rows * columns * depth);
            var (across, along) = (boxes.Axis(box, 0, rows, height), boxes.Axis(box, 1, columns, width));
            for (var i = 0L; i < height; i++)
            {
                var y = across.Position(i);
                for (var j = 0L; j < width; j++, from += depth)
                {
                    var x = along.Position(j);
                    if (!across.Contains(y) || !along.Contains(x))
                        continue;
                    var (top, left) = ((long)y, (long)x);
                    var (bottom, right) = ((long)MathF.Ceiling(y), (long)MathF.Ceiling(x));
                    var (down, aside) = (y - top, x - left);
                    float slopeY = 0, slopeX = 0;
                    for (var c = 0L; c < depth; c++)
                    {
                        var (a, b) = (Pixel(top, left, c), Pixel(top, right, c));
                        var (d, e) = (Pixel(bottom, left, c), Pixel(bottom, right, c));
                        slopeY += from[c] * (((1 - aside) * (d - a)) + (aside * (e - b)));
                        slopeX += from[c] * (((1 - down) * (b - a)) + (down * (e - d)));
                    }
                    var (y1, y2) = across.Sensitivity(i);
                    var (x1, x2) = along.Sensitivity(j);
                    to[0] += slopeY * y1;
                    to[1] += slopeX * x1;
                    to[2] += slopeY * y2;
                    to[3] += slopeX * x2;
                }
            }

            float Pixel(long y, long x, long c) => float.CreateTruncating(image[(((y * columns) + x) * depth) + c]);
        }
    }

    private readonly struct Factory : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => Kernel.From(Compute<T>);
    }
}
