using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Nn;

/// <summary>Numbers, or pairs of them, one a dimension, from the order of one data format to that of another; all dimensions or the spatial ones alone.</summary>
[Op("DataFormatVecPermute")]
internal sealed class DataFormatVecPermute : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var formats = DataFormats.Of(node);
        return node.Type("T") switch
        {
            DType.Int32 => Kernel.From(context => Compute<int>(context, formats)),
            DType.Int64 => Kernel.From(context => Compute<long>(context, formats)),
            _ => throw node.NoKernel(),
        };
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private static void Compute<T>(KernelContext context, DataFormats formats) where T : unmanaged
    {
        var input = context.Input(0);
        if (input.Rank is not (1 or 2))
            throw EngineException.InvalidArgument($"input must be a vector or 2D tensor, but got shape {input.Shape}");
        var rank = formats.Source.Length;
        var used = input.Shape[0] == rank ? formats : formats.Spatial();
        if (input.Shape[0] != used.Source.Length || used.Source.Length < rank - 2)
            throw EngineException.InvalidArgument($"input must have {rank - 2} or {rank} rows, but got shape {input.Shape}");
        if (input.Rank == 2 && input.Shape[1] != 2)
            throw EngineException.InvalidArgument($"second dimension of 2D input must be of size 2, but got shape {input.Shape}");
        var width = input.Rank == 2 ? 2 : 1;
        Span<T> from = input.AsSpan<T>(), to = context.Allocate(0, input.Shape).AsSpan<T>();
        for (var i = 0; i < used.Destination.Length; i++)
            from.Slice(used.Source.IndexOf(used.Destination[i]) * width, width).CopyTo(to[(i * width)..]);
    }
}
