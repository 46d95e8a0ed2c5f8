using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>Images with the outlines of boxes drawn over them, in given colours or ten of its own.</summary>
[Op("DrawBoundingBoxes", "DrawBoundingBoxesV2")]
internal sealed class DrawBoundingBoxes : IOp
{
    /// <summary>Yellow, blue, red, lime, purple, olive, maroon, navy, aqua, fuchsia; opaque.</summary>
    private static readonly float[] Palette =
    [
        1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0, 1, 0.5f, 0, 0.5f, 1,
        0.5f, 0.5f, 0, 1, 0.5f, 0, 0, 1, 0, 0, 0.5f, 1, 0, 1, 1, 1, 1, 0, 1, 1,
    ];

    public static void InferShapes(InferenceContext c)
    {
        c.Input(1, 3);
        c.SetOutput(0, c.WithRankAtLeast(c.Input(0), 3));
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float32 => Kernel.From(Compute<float>),
        DType.Float16 => Kernel.From(Compute<Half>),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private static void Compute<T>(KernelContext context) where T : unmanaged, INumberBase<T>
    {
        var (images, boxes) = (context.Input(0), context.Input(1));
        if (images.Rank != 4)
            throw EngineException.InvalidArgument($"The rank of the images should be 4, not {images.Rank}");
        if (boxes.Rank != 3 || boxes.Shape[2] != 4)
            throw EngineException.InvalidArgument($"The boxes tensor must be [batch, boxes, 4], not {boxes.Shape}");
        if (images.Shape[0] != boxes.Shape[0])
            throw EngineException.InvalidArgument($"The batch sizes {images.Shape[0]} and {boxes.Shape[0]} should be the same");
        var depth = images.Shape[3];
        if (depth is not (1 or 3 or 4))
            throw EngineException.InvalidArgument($"Channel depth should be either 1 (GRY), 3 (RGB), or 4 (RGBA), not {depth}");
        var (colors, width) = Colors(context, (int)depth);
        var output = context.Allocate(0, images.Shape);
        output.CopyFrom(images);
        var corners = boxes.AsSpan<float>();
        var size = (int)images.Shape.CountOf(1, 4);
        for (var i = 0; i < corners.Length / 4; i++)
        {
            var box = (int)(i % boxes.Shape[1]);
            var color = colors.AsSpan(box % (colors.Length / width) * width, (int)depth);
            var canvas = output.AsSpan<T>().Slice((int)(i / boxes.Shape[1]) * size, size);
            Draw(canvas, (int)images.Shape[1], (int)images.Shape[2], corners.Slice(i * 4, 4), color);
        }
    }

    /// <summary>The colours and the floats from one to the next.</summary>
    private static (float[] Colors, int Width) Colors(KernelContext context, int depth)
    {
        if (context.InputCount > 2 && context.Input(2) is { Count: > 0 } given)
        {
            if (given.Rank != 2)
                throw EngineException.InvalidArgument($"colors must be a 2-D matrix, not {given.Shape}");
            if (given.Shape[1] < depth)
                throw EngineException.InvalidArgument($"colors must have equal or more channels than the image provided: {given.Shape[1]} and {depth}");
            return (given.ToArray<float>(), (int)given.Shape[1]);
        }
        if (depth > 1)
            return (Palette, 4);
        // Gray images get white boxes.
        var white = (float[])Palette.Clone();
        for (var i = 0; i < white.Length; i += 4)
            white[i] = 1;
        return (white, 4);
    }

    private static void Draw<T>(Span<T> canvas, int height, int width, ReadOnlySpan<float> corners, ReadOnlySpan<float> color) where T : unmanaged, INumberBase<T>
    {
        long top = Pixel(corners[0], height), left = Pixel(corners[1], width), bottom = Pixel(corners[2], height), right = Pixel(corners[3], width);
        if (top > bottom || left > right || top >= height || bottom < 0 || left >= width || right < 0)
            return;
        var (firstRow, lastRow) = ((int)Math.Max(top, 0), (int)Math.Min(bottom, height - 1));
        var (firstColumn, lastColumn) = ((int)Math.Max(left, 0), (int)Math.Min(right, width - 1));
        for (var y = firstRow; y <= lastRow; y++)
        {
            if (y == top || y == bottom)
            {
                for (var x = firstColumn; x <= lastColumn; x++)
                    Dot(canvas, y, x, color);
                continue;
            }
            if (left >= 0)
                Dot(canvas, y, firstColumn, color);
            if (right < width)
                Dot(canvas, y, lastColumn, color);
        }

        // What is not a number, or beyond 64 bits, lies before the first pixel.
        static long Pixel(float position, int length) => MathF.Abs(position * (length - 1)) < 9e18f ? (long)(position * (length - 1)) : long.MinValue;

        void Dot(Span<T> canvas, int y, int x, ReadOnlySpan<float> color)
        {
            for (var c = 0; c < color.Length; c++)
                canvas[(((y * width) + x) * color.Length) + c] = T.CreateTruncating(color[c]);
        }
    }
}
