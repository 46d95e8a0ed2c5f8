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

    private static void Compute<T>(KernelContext context, ResizeGeometry geometry) where T : unmanaged, INumberBase<T>
    {
        var gradients = context.Input(0);
        var shape = ResizeGeometry.OriginalShape(gradients, context.Input(1));
        var output = context.Allocate(0, shape);
        var rows = BilinearTaps.Make(geometry, (int)shape[1], (int)gradients.Shape[1]);
        var columns = BilinearTaps.Make(geometry, (int)shape[2], (int)gradients.Shape[2]);
        SeparableResampling.Backward<T>(context, gradients, rows, columns, output);
    }
}
