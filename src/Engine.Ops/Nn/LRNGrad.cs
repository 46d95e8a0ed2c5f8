using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Nn;

/// <summary>The gradient of local response normalisation.</summary>
[Op("LRNGrad")]
internal sealed class LRNGrad : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0, 4).Merge(c.Input(1, 4)).Merge(c.Input(2, 4)));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var window = new ResponseWindow(node);
        return node.Type("T") switch
        {
            DType.Float32 => Kernel.From(context =>
            {
                Check(context);
                Compute(window, context.Input(0), context.Input(1), context.Input(2), context.Allocate(0, context.Input(0).Shape));
            }),
            DType.Float16 => Kernel.From(context => Narrow(context, window)),
            _ => throw node.NoKernel(),
        };
    }

    private static void Check(KernelContext context)
    {
        var shape = context.Input(0).Shape;
        if (shape.Rank != 4 || !shape.Equals(context.Input(1).Shape) || !shape.Equals(context.Input(2).Shape))
            throw EngineException.InvalidArgument($"inputs must be 4-dimensional and of one shape, not {shape}, {context.Input(1).Shape}, {context.Input(2).Shape}");
    }

    private static void Narrow(KernelContext context, ResponseWindow window)
    {
        Check(context);
        using var dy = WideTensor.Of<Half>(context, context.Input(0));
        using var x = WideTensor.Of<Half>(context, context.Input(1));
        using var y = WideTensor.Of<Half>(context, context.Input(2));
        using var dx = context.Temporary(DType.Float32, x.Shape);
        Compute(window, dy, x, y, dx);
        WideTensor.Narrow<Half>(dx, context.Allocate(0, x.Shape));
    }

    private static unsafe void Compute(ResponseWindow window, Tensor dyTensor, Tensor xTensor, Tensor yTensor, Tensor dxTensor)
    {
        var depth = Math.Max(1, xTensor.Shape[3]);
        dxTensor.Clear();
        for (var row = 0L; row < xTensor.Count; row += depth)
        {
            var dy = dyTensor.Pointer<float>() + row;
            var x = xTensor.Pointer<float>() + row;
            var y = yTensor.Pointer<float>() + row;
            var dx = dxTensor.Pointer<float>() + row;
            for (var c = 0L; c < depth; c++)
            {
                var norm = window.Norm(x, c, depth);
                var (first, end) = window.Neighbours(c, depth);
                dx[c] += MathF.Pow(norm, -window.Beta) * dy[c];
                var slope = -2 * window.Alpha * window.Beta * y[c] / norm * dy[c];
                for (var k = first; k < end; k++)
                    dx[k] += slope * x[k];
            }
        }
    }
}
