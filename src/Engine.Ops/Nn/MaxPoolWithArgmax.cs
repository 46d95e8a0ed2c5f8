using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Convolution;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>The largest element of each window of images, and where it is: its index in its image, or in all images.</summary>
[Op("MaxPoolWithArgmax")]
internal sealed class MaxPoolWithArgmax : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PoolingOps.Infer(c, 2);
        c.SetOutput(1, PartialShape.OfRank(4));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var window = new WindowAttributes(node.Node, 2);
        PoolingShapes.Check(window, node.Node, depthwise: false);
        return ElementTypes.Real(node.Type("T"), new Factory(window, node.Bool("include_batch_in_index"), node.Type("Targmax"))) ?? throw node.NoKernel();
    }

    public static Gradient?[] Gradient(GradientContext g) =>
    [
        g.NewNode("MaxPoolGradWithArgmax").Input(g.Input(0)).Input(g.OutputGradient(0)).Input(g.Output(1)).Attr("ksize", g.Attr("ksize")).Attr("strides", g.Attr("strides"))
            .Attr("padding", g.Attr("padding")).Attr("include_batch_in_index", g.Attr("include_batch_in_index")).Build()[0],
    ];

    private readonly struct Factory(WindowAttributes window, bool countsBatch, DType indexType) : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T>
            => indexType == DType.Int32 ? new Search<T, int>(window, countsBatch) : new Search<T, long>(window, countsBatch);
    }

    private sealed class Search<T, TIndex>(WindowAttributes window, bool countsBatch) : Kernel
        where T : unmanaged, INumber<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        public override void Compute(KernelContext context)
        {
            Tensor images = context.Input(0);
            PoolingShapes.Create(window, images.Shape, out Shape shape);
            WindowDimension[] windows = window.Windows(images.Shape);
            Span<T> input = images.AsSpan<T>(), output = context.Allocate(0, shape).AsSpan<T>();
            Span<TIndex> indices = context.Allocate(1, shape).AsSpan<TIndex>();
            var (height, width, channels) = (images.Shape[1], images.Shape[2], images.Shape[3]);
            var size = height * width * channels;
            for (int i = 0; i < output.Length; i++)
            {
                var (c, position) = (i % channels, i / channels);
                var (x, rest) = (position % shape[2], position / shape[2]);
                var (y, b) = (rest % shape[1], rest / shape[1]);
                var (top, bottom) = Range(windows[0], y);
                var (left, right) = Range(windows[1], x);
                var best = -1L;
                for (long h = top; h < bottom; h++)
                {
                    for (long w = left; w < right; w++)
                    {
                        var at = (b * size) + (((h * width) + w) * channels) + c;
                        if (best < 0 || input[(int)at] > input[(int)best])
                            best = at;
                    }
                }
                if (best < 0)
                    throw EngineException.InvalidArgument($"a window of {images.Shape} lies in the padding alone");
                output[i] = input[(int)best];
                indices[i] = TIndex.CreateTruncating(countsBatch ? best : best - (b * size));
            }
        }

        private static (long Start, long End) Range(WindowDimension d, long position)
        {
            var start = (position * d.Stride) - d.Before;
            return (Math.Max(start, 0), Math.Min(start + d.Filter, d.Input));
        }
    }
}
