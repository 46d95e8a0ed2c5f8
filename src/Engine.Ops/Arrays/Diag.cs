using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>A tensor of twice the rank with the input on its diagonal, zeros elsewhere.</summary>
[Op("Diag")]
internal sealed class Diag : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var input = c.WithRankAtLeast(c.Input(0), 1);
        c.SetOutput(0, input.Concat(input));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (node.Type("T") is not (DType.Int32 or DType.Int64 or DType.Float16 or DType.Float32 or DType.Float64 or DType.Complex64 or DType.Complex128))
            throw node.NoKernel();
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            if (input.Rank == 0)
                throw EngineException.InvalidArgument("Input must be at least rank 1, got 0");
            var result = context.AllocateZeros(0, input.Shape.Concat(input.Shape));
            StridedCopy.Run(context.Workers, [input.Count], input, 0, [1], result, 0, [input.Count + 1]);
        });
    }

    public static Gradient?[] Gradient(GradientContext g) => [g.Node("DiagPart", g.OutputGradient(0))];
}
