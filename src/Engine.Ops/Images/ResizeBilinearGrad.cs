using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Images;

/// <summary>The gradient of <see cref="ResizeBilinear"/>.</summary>
[Op("ResizeBilinearGrad")]
internal sealed class ResizeBilinearGrad : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(1));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var geometry = ResizeGeometry.Of(node);
        return node.Type("T") switch
        {
            DType.Float32 => Kernel.From(context => Compute<float>(context, geometry)),
            DType.Float64 => Kernel.From(context => Compute<double>(context, geometry)),
            DType.Float16 => Kernel.From(context => Compute<Half>(context, geometry)),
            DType.BFloat16 => Kernel.From(context => Compute<BFloat16>(context, geometry)),
            _ => throw node.NoKernel(),
        };
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private static unsafe void Compute<T>(KernelContext context, ResizeGeometry geometry) where T : unmanaged, INumberBase<T>
    {
        var gradients = context.Input(0);
        var shape = ResizeGeometry.OriginalShape(gradients, context.Input(1));
        var output = context.Allocate(0, shape);
        var columns = BilinearTaps.Make(geometry, (int)shape[2], (int)gradients.Shape[2]);
        var (height, channels, row) = (gradients.Shape[1], (int)shape[3], shape[2] * shape[3]);
        var scale = geometry.Scale(shape[1], height);
        var sums = new double[shape[1] * row];
        var from = gradients.Pointer<float>();
        for (var b = 0L; b < shape[0]; b++)
        {
            Array.Clear(sums);
            for (var y = 0L; y < height; y++)
            {
                var (top, bottom, down) = BilinearTaps.At(geometry, y, scale, (int)shape[1]);
                for (var x = 0; x < columns.Width * columns.Length; x += 2, from += channels)
                {
                    for (var side = x; side < x + 2; side++)
                    {
                        var (above, below) = ((top * row) + (columns.Indices[side] * channels), (bottom * row) + (columns.Indices[side] * channels));
                        for (var c = 0; c < channels; c++)
                        {
                            sums[above + c] += from[c] * (1 - down) * columns.Weights[side];
                            sums[below + c] += from[c] * down * columns.Weights[side];
                        }
                    }
                }
            }
            var result = output.Pointer<T>() + (b * sums.Length);
            for (var i = 0; i < sums.Length; i++)
                result[i] = T.CreateTruncating(sums[i]);
        }
    }
}
