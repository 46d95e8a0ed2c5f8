using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Convolution;
using Engine.Ops.Nn;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>A convolution of images that are resized (in one of the ops) and have their mirror image put around them first.</summary>
[Op("FusedResizeAndPadConv2D", "FusedPadConv2D")]
internal sealed class FusedResizeAndPadConv2D : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 4);
        c.Input(c.InputCount - 2, 2);
        var filter = c.Input(c.InputCount - 1, 4);
        c.SetOutput(0, new PartialShape(c.Input(0)[0], -1, -1, filter[3]));
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float16 => new Fused<Half>(node),
        DType.Float32 => new Fused<float>(node),
        DType.Float64 => new Fused<double>(node),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private sealed class Fused<T> : Kernel where T : unmanaged, INumber<T>
    {
        private readonly WindowAttributes attributes;
        private readonly bool resizes;
        private readonly ResizeGeometry geometry;
        private readonly int edge;

        public Fused(KernelBuilder node)
        {
            attributes = new WindowAttributes(node.Node, 2);
            attributes.CheckOuterDimensions(node.Node);
            if (attributes.Strides[1] != attributes.Strides[2])
                throw node.Fail("Current implementation only supports equal strides in the row and column dimensions.");
            resizes = node.InputCount == 4;
            geometry = ResizeGeometry.Plain(resizes && node.Bool("resize_align_corners"));
            edge = node.String("mode") == "REFLECT" ? 1 : 0;
        }

        public override unsafe void Compute(KernelContext context)
        {
            Tensor images = context.Input(0), filter = context.Input(context.InputCount - 1);
            if (filter.Rank != 4)
                throw EngineException.InvalidArgument($"filter must be 4-dimensional: {filter.Shape}");
            if (images.Rank != 4)
                throw EngineException.InvalidArgument($"input must be 4-dimensional: {images.Shape}");
            var resized = resizes ? ResizeGeometry.OutputShape(images, context.Input(1)) : images.Shape;
            var pads = Paddings.Read(context.Input(context.InputCount - 2), 4);
            for (var d = 0; d < 4; d++)
            {
                if (pads[d].Before > resized[d] - edge || pads[d].After > resized[d] - edge)
                    throw EngineException.InvalidArgument($"paddings {pads[d].Before} and {pads[d].After} are too large for a dimension of {resized[d]}");
            }
            if (pads[0] != (0, 0) || pads[3] != (0, 0))
                throw EngineException.InvalidArgument("only height and width can be padded");
            var shape = Paddings.Outer(resized, pads);
            var g = ConvolutionShapes.Create(attributes, shape, filter.Shape, depthwise: false);
            var outputShape = ConvolutionShapes.Output(attributes, g);
            if (outputShape.Count == 0 || shape.Count == 0)
            {
                context.AllocateZeros(0, outputShape);
                return;
            }
            using var padded = context.Temporary(images.Type, shape);
            var rows = Positions(images.Shape[1], resized[1], pads[1].Before, shape[1]);
            var columns = Positions(images.Shape[2], resized[2], pads[2].Before, shape[2]);
            Fill(images, padded, rows, columns);
            var output = context.Allocate(0, outputShape);
            Convolutions.Forward(g, padded.Pointer<T>(), filter.Pointer<T>(), output.Pointer<T>(), context.Workers);
        }

        /// <summary>For each padded row or column: its two neighbours in the images and how far it lies from the first.</summary>
        private (int Lower, int Upper, float Fraction)[] Positions(long input, long resized, long before, long padded)
        {
            var scale = geometry.Scale(input, resized);
            var positions = new (int, int, float)[padded];
            for (var i = 0L; i < padded; i++)
            {
                var x = i - before;
                x = x < 0 ? edge - 1 - x : x >= resized ? (2 * resized) - 1 - edge - x : x;
                positions[i] = resizes ? BilinearTaps.At(geometry, x, scale, (int)input) : ((int)x, (int)x, 0);
            }
            return positions;
        }

        private static void Fill(Tensor images, Tensor padded, (int Lower, int Upper, float Fraction)[] rows, (int Lower, int Upper, float Fraction)[] columns)
        {
            Span<T> from = images.AsSpan<T>(), to = padded.AsSpan<T>();
            var (height, width, channels) = ((int)images.Shape[1], (int)images.Shape[2], (int)images.Shape[3]);
            var at = 0;
            for (var b = 0; b < images.Shape[0]; b++)
            {
                var image = from.Slice(b * height * width * channels, height * width * channels);
                foreach (var row in rows)
                {
                    foreach (var column in columns)
                    {
                        var topLeft = ((row.Lower * width) + column.Lower) * channels;
                        var topRight = ((row.Lower * width) + column.Upper) * channels;
                        var bottomLeft = ((row.Upper * width) + column.Lower) * channels;
                        var bottomRight = ((row.Upper * width) + column.Upper) * channels;
                        var (across, down) = (T.CreateTruncating(column.Fraction), T.CreateTruncating(row.Fraction));
                        for (var c = 0; c < channels; c++)
                        {
                            var top = image[topLeft + c] + ((image[topRight + c] - image[topLeft + c]) * across);
                            var bottom = image[bottomLeft + c] + ((image[bottomRight + c] - image[bottomLeft + c]) * across);
                            to[at++] = top + ((bottom - top) * down);
                        }
                    }
                }
            }
        }
    }
}
