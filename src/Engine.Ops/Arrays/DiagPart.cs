using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The diagonal of a tensor of even rank whose second half of dimensions is like the first.</summary>
[Op("DiagPart")]
internal sealed class DiagPart : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var input = c.Input(0);
        if (!input.HasRank)
            return;
        if (input.Rank % 2 != 0 || input.Rank == 0)
            throw c.Fail($"Input must have even and non-zero rank, input rank is {input.Rank}");
        c.SetOutput(0, input.Slice(0, input.Rank / 2).Merge(input.Slice(input.Rank / 2)));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (node.Type("T") is not (DType.Int32 or DType.Int64 or DType.Float16 or DType.Float32 or DType.Float64 or DType.Complex64 or DType.Complex128))
            throw node.NoKernel();
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            var half = input.Rank / 2;
            if (input.Rank % 2 != 0 || !input.Shape.Dims[..half].SequenceEqual(input.Shape.Dims[half..]))
                throw EngineException.InvalidArgument($"Invalid shape {input.Shape}: the rank must be even and the second half of dimensions equal to the first");
            var result = context.Allocate(0, input.Shape.Slice(0, half));
            StridedCopy.Run(context.Workers, [result.Count], input, 0, [result.Count + 1], result, 0, [1]);
        });
    }

    public static Gradient?[] Gradient(GradientContext g) => [g.Node("Diag", g.OutputGradient(0))];
}
