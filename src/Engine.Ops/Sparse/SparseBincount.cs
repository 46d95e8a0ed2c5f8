using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Sparse;

/// <summary>Counts of the integers in a sparse vector, or in each row of a sparse matrix.</summary>
[Op("SparseBincount")]
internal sealed class SparseBincount : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var size = c.InputScalar(3) ?? -1;
        if (size < -1 || (size == -1 && c.InputScalar(3) is not null))
            throw c.Fail($"size ({size}) must be non-negative");
        var shape = c.InputAsShape(2);
        if (shape.Rank == 1)
            c.SetOutput(0, PartialShape.Vector(size));
        else if (shape.Rank == 2)
            c.SetOutput(0, new PartialShape(shape[0], size));
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
        var bins = Bincount.Size(context.Input(3));
        var input = SparseInput.At(context, 0);
        Bincount.CheckWeights(context.Input(4), input.Values);
        if (input.Rank is < 1 or > 2)
            throw EngineException.InvalidArgument($"dense_shape must be of 1 or 2 dimensions, got {input.Rank}");
        var matrix = input.Rank == 2;
        var result = context.AllocateZeros(0, matrix ? Shape.Matrix(input.Dims[0], bins) : Shape.Vector(bins)).AsSpan<T>();
        var rows = input.Dims[0];
        Bincount.Count(IndexTensor.Read(input.Values), context.Input(4).AsSpan<T>(), Row, bins, binary, result);

        long Row(int entry)
        {
            var row = input.Row(entry)[0];
            if (matrix && (ulong)row >= (ulong)rows)
                throw EngineException.InvalidArgument($"Index out of bound. `batch` ({row}) must be less than the dimension size ({rows}).");
            return matrix ? row : 0;
        }
    }
}
