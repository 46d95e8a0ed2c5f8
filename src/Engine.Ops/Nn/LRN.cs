using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Nn;

/// <summary>Local response normalisation: <c>x / (bias + alpha · sum of squares of the neighbouring channels)^beta</c>.</summary>
[Op("LRN")]
internal sealed class LRN : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0, 4));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var window = new ResponseWindow(node);
        return node.Type("T") switch
        {
            DType.Float32 => Kernel.From(context => Compute(context, window, context.Input(0), context.Allocate(0, Checked(context.Input(0)).Shape))),
            DType.Float16 => Kernel.From(context => Narrow(context, window)),
            _ => throw node.NoKernel(),
        };
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var node = g.NewNode("LRNGrad").Input(g.OutputGradient(0)).Input(g.Input(0)).Input(g.Output(0));
        foreach (var attr in (ReadOnlySpan<string>)["depth_radius", "bias", "alpha", "beta"])
            node.Attr(attr, g.Attr(attr));
        return [node.Build()[0]];
    }

    private static Tensor Checked(Tensor input) => input.Rank == 4 ? input : throw EngineException.InvalidArgument($"in must be 4-dimensional, not {input.Shape}");

    private static void Narrow(KernelContext context, ResponseWindow window)
    {
        using var wide = WideTensor.Of<Half>(context, Checked(context.Input(0)));
        using var result = context.Temporary(DType.Float32, wide.Shape);
        Compute(context, window, wide, result);
        WideTensor.Narrow<Half>(result, context.Allocate(0, wide.Shape));
    }

    private static unsafe void Compute(KernelContext context, ResponseWindow window, Tensor input, Tensor output)
    {
        var depth = input.Shape[3];
        var x = input.Pointer<float>();
        var y = output.Pointer<float>();
        for (var row = 0L; row < input.Count; row += Math.Max(1, depth))
        {
            for (var c = 0L; c < depth; c++)
                y[row + c] = x[row + c] * MathF.Pow(window.Norm(x + row, c, depth), -window.Beta);
        }
    }
}
