using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>Images in another size, by linear interpolation of the four neighbours.</summary>
[Op("ResizeBilinear")]
internal sealed class ResizeBilinear : IOp
{
    public static void InferShapes(InferenceContext c) => ResizeGeometry.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
        => ElementTypes.Real(node.Type("T"), new Factory(ResizeGeometry.Of(node))) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => ResizeGeometry.Gradient(g, "ResizeBilinearGrad");

    private readonly struct Factory(ResizeGeometry geometry) : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => new Interpolation<T>(geometry);
    }

    private sealed class Interpolation<T>(ResizeGeometry geometry) : Kernel where T : unmanaged, INumber<T>
    {
        public override void Compute(KernelContext context)
        {
            var images = context.Input(0);
            var shape = ResizeGeometry.OutputShape(images, context.Input(1));
            var output = context.Allocate(0, shape);
            if (shape.Count == 0)
                return;
            var columns = BilinearTaps.Make(geometry, (int)images.Shape[2], (int)shape[2]);
            var body = new Rows(geometry, images, columns, output);
            context.Workers.Run(shape[0] * shape[1], shape[2] * shape[3] * 4, ref body);
        }

        private readonly unsafe struct Rows(ResizeGeometry geometry, Tensor images, Taps columns, Tensor output) : IRangeBody
        {
            public void Invoke(long start, long end)
            {
                var (height, channels) = (output.Shape[1], output.Shape[3]);
                var row = images.Shape[2] * channels;
                var scale = geometry.Scale(images.Shape[1], height);
                for (var r = start; r < end; r++)
                {
                    var (b, y) = (r / height, r % height);
                    var (lower, upper, fraction) = BilinearTaps.At(geometry, y, scale, (int)images.Shape[1]);
                    var top = images.Pointer<T>() + (((b * images.Shape[1]) + lower) * row);
                    var bottom = images.Pointer<T>() + (((b * images.Shape[1]) + upper) * row);
                    var to = output.Pointer<float>() + (r * columns.Length * channels);
                    for (var x = 0; x < columns.Length; x++)
                    {
                        var (left, right) = (columns.Indices[2 * x] * channels, columns.Indices[(2 * x) + 1] * channels);
                        var across = columns.Weights[(2 * x) + 1];
                        for (var c = 0L; c < channels; c++)
                        {
                            var above = Between(top[left + c], top[right + c], across);
                            var below = Between(bottom[left + c], bottom[right + c], across);
                            *to++ = above + ((below - above) * fraction);
                        }
                    }
                }
            }

            private static float Between(T a, T b, float fraction)
            {
                var from = float.CreateTruncating(a);
                return from + ((float.CreateTruncating(b) - from) * fraction);
            }
        }
    }
}
