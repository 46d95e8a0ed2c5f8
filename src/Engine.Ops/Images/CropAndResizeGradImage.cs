using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>The gradient of <see cref="CropAndResize"/> for the images.</summary>
[Op("CropAndResizeGradImage")]
internal sealed class CropAndResizeGradImage : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 4);
        c.Input(1, 2);
        c.Input(2, 1);
        c.Input(3, 1);
        c.SetOutput(0, c.WithRank(c.InputAsShape(3), 4));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var nearest = CropAndResize.IsNearest(node);
        return node.Type("T") switch
        {
            DType.Float32 => Kernel.From(context => Compute<float>(context, nearest)),
            DType.Float64 => Kernel.From(context => Compute<double>(context, nearest)),
            DType.Float16 => Kernel.From(context => Compute<Half>(context, nearest)),
            _ => throw node.NoKernel(),
        };
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private static unsafe void Compute<T>(KernelContext context, bool nearest) where T : unmanaged, INumberBase<T>
    {
        var (gradients, size) = (context.Input(0), context.Input(3));
        if (gradients.Rank != 4)
            throw EngineException.InvalidArgument($"grads image must be 4-D, not {gradients.Shape}");
        if (gradients.Shape[1] <= 0 || gradients.Shape[2] <= 0)
            throw EngineException.InvalidArgument("grads dimensions must be positive");
        if (size.Rank != 1 || size.Count != 4)
            throw EngineException.InvalidArgument($"image_size must be a vector of 4 elements, not {size.Shape}");
        var shape = Shape.FromInts(size.AsSpan<int>());
        if (shape[1] <= 0 || shape[2] <= 0)
            throw EngineException.InvalidArgument("image dimensions must be positive");
        if (shape[3] != gradients.Shape[3])
            throw EngineException.InvalidArgument("image_size and grads are incompatible");
        var boxes = CropBoxes.Of(context, 1, 2, shape[0]).Finite();
        if (boxes.Count != gradients.Shape[0])
            throw EngineException.InvalidArgument($"boxes and grads have incompatible shape: {boxes.Count} and {gradients.Shape[0]}");
        var output = context.AllocateZeros(0, shape);
        if (shape.Count == 0)
            return;
        var (height, width, depth) = (gradients.Shape[1], gradients.Shape[2], shape[3]);
        var sums = new double[shape.Count];
        var from = gradients.Pointer<float>();
        for (var box = 0L; box < boxes.Count; box++)
        {
            var image = sums.AsSpan((int)(boxes.Image(box) * shape.CountOf(1, 4)), (int)shape.CountOf(1, 4));
            var (across, along) = (boxes.Axis(box, 0, shape[1], height), boxes.Axis(box, 1, shape[2], width));
            for (var i = 0L; i < height; i++)
            {
                var y = across.Position(i);
                for (var j = 0L; j < width; j++, from += depth)
                {
                    var x = along.Position(j);
                    if (!across.Contains(y) || !along.Contains(x))
                        continue;
                    if (nearest)
                    {
                        Add(image, Round(y), Round(x), 1);
                        continue;
                    }
                    var (top, left) = ((long)y, (long)x);
                    var (bottom, right) = ((long)MathF.Ceiling(y), (long)MathF.Ceiling(x));
                    var (down, right1) = (y - top, x - left);
                    Add(image, top, left, (1 - down) * (1 - right1));
                    Add(image, top, right, (1 - down) * right1);
                    Add(image, bottom, left, down * (1 - right1));
                    Add(image, bottom, right, down * right1);
                }
            }
        }
        var result = output.Pointer<T>();
        for (var i = 0; i < sums.Length; i++)
            result[i] = T.CreateTruncating(sums[i]);

        static long Round(float position) => (long)MathF.Round(position, MidpointRounding.AwayFromZero);

        void Add(Span<double> image, long y, long x, double weight)
        {
            var to = image.Slice((int)(((y * shape[2]) + x) * depth), (int)depth);
            for (var c = 0; c < to.Length; c++)
                to[c] += weight * from[c];
        }
    }
}
