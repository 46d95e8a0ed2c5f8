using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Nn;

/// <summary>Indices of dimensions in one data format to those in another.</summary>
[Op("DataFormatDimMap")]
internal sealed class DataFormatDimMap : IOp
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

    private static void Compute<T>(KernelContext context, DataFormats formats) where T : unmanaged, IBinaryInteger<T>
    {
        var input = context.Input(0);
        Span<T> from = input.AsSpan<T>(), to = context.Allocate(0, input.Shape).AsSpan<T>();
        var rank = formats.Source.Length;
        for (var i = 0; i < from.Length; i++)
        {
            // Negative dimensions count from the last.
            var dimension = ((int)(long.CreateTruncating(from[i]) % rank) + rank) % rank;
            to[i] = T.CreateTruncating(formats.Destination.IndexOf(formats.Source[dimension]));
        }
    }
}
