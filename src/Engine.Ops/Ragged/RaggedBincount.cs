using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Sparse;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Ragged;

/// <summary>Counts of the integers in each row of a ragged matrix.</summary>
[Op("RaggedBincount")]
internal sealed class RaggedBincount : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var size = c.InputScalar(2) ?? -1;
        if (size == -1 && c.InputScalar(2) is not null)
            throw c.Fail($"size ({size}) must be non-negative");
        var splits = c.Input(0, 1);
        c.SetOutput(0, new PartialShape(splits[0] > 0 ? splits[0] - 1 : -1, size));
    }

    public static Kernel CreateKernel(KernelBuilder node) => ElementTypes.Number(node.Type("T"), new Factory(node.Bool("binary_output"))) ?? throw node.NoKernel();

    private readonly struct Factory(bool binary) : INumberFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumberBase<T>
        {
            var once = binary;
            return Kernel.From(context => Run<T>(context, once));
        }
    }

    private static void Run<T>(KernelContext context, bool binary) where T : unmanaged, INumberBase<T>
    {
        var (values, weights) = (context.Input(1), context.Input(3));
        var splits = RowSplits.Read(context.Input(0), values.Count);
        var bins = Bincount.Size(context.Input(2));
        if (weights.Count != 0 && weights.Count != values.Count)
            throw EngineException.InvalidArgument($"weights must be empty or as many as values, {values.Count}, got {weights.Count}");
        var result = context.AllocateZeros(0, Shape.Matrix(splits.Length - 1, bins)).AsSpan<T>();
        var row = 0;
        Bincount.Count(IndexTensor.Read(values), weights.AsSpan<T>(), Row, bins, binary, result);

        long Row(int entry)
        {
            while (entry >= splits[row + 1])
                row++;
            return row;
        }
    }
}
