using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Images;

/// <summary>The gradient of <see cref="ResizeNearestNeighbor"/>: each gradient goes to the pixel that was taken.</summary>
[Op("ResizeNearestNeighborGrad")]
internal sealed class ResizeNearestNeighborGrad : IOp
{
    public static void InferShapes(InferenceContext c) => ResizeGeometry.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
        => ElementTypes.Real(node.Type("T"), new Factory(ResizeGeometry.Of(node))) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private readonly struct Factory(ResizeGeometry geometry) : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T>
        {
            var captured = geometry;
            // Sums of 16-bit floats lose small addends; integers wrap as they are.
            return typeof(T) == typeof(Half) || typeof(T) == typeof(Engine.Tensors.BFloat16)
                ? Kernel.From(context => Compute<T, float>(context, captured))
                : Kernel.From(context => Compute<T, T>(context, captured));
        }
    }

    private static unsafe void Compute<T, TSum>(KernelContext context, ResizeGeometry geometry)
        where T : unmanaged, INumberBase<T> where TSum : unmanaged, INumberBase<TSum>
    {
        var gradients = context.Input(0);
        if (gradients.Rank != 4)
            throw EngineException.InvalidArgument($"input must be 4-dimensional {gradients.Shape}");
        var (height, width) = ImageSize.Read(context.Input(1));
        var shape = new Shape(gradients.Shape[0], height, width, gradients.Shape[3]);
        var output = context.AllocateZeros(0, shape);
        if (shape.Count == 0 || gradients.Count == 0)
            return;
        var rows = geometry.Nearest((int)shape[1], (int)gradients.Shape[1]);
        var columns = geometry.Nearest((int)shape[2], (int)gradients.Shape[2]);
        var channels = shape[3];
        var sums = new TSum[shape.CountOf(1, 4)];
        var from = gradients.Pointer<T>();
        for (var b = 0L; b < shape[0]; b++)
        {
            Array.Clear(sums);
            foreach (var y in rows)
            {
                foreach (var x in columns)
                {
                    var to = sums.AsSpan((int)(((y * shape[2]) + x) * channels), (int)channels);
                    for (var c = 0; c < to.Length; c++)
                        to[c] += TSum.CreateTruncating(*from++);
                }
            }
            var result = output.Pointer<T>() + (b * sums.Length);
            for (var i = 0; i < sums.Length; i++)
                result[i] = T.CreateTruncating(sums[i]);
        }
    }
}
