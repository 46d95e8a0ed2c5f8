using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Sparse;

/// <summary>What the generations of SparseCross share: columns from sparse and dense matrices, crosses as a sparse matrix.</summary>
internal static class SparseCrossKernel
{
    /// <summary>Shapes of the result.</summary>
    internal static void InferShapes(InferenceContext c)
    {
        c.SetOutput(0, new PartialShape(-1, 2));
        c.SetOutput(1, PartialShape.Vector(-1));
        c.SetOutput(2, PartialShape.Vector(2));
    }

    /// <summary>The columns, sparse ones first.</summary>
    internal static CrossColumn[] Columns(KernelContext context, int sparse, Range dense, out long rows)
    {
        var matrices = context.Inputs(dense);
        rows = 0;
        if (sparse > 0)
        {
            var shape = IndexTensor.Vector(context.Input(2 * sparse), "Input shapes");
            rows = shape.Length == 2 ? shape[0] : throw EngineException.InvalidArgument($"Input shapes should have 2 elements, got {shape.Length}");
        }
        else if (matrices.Length > 0)
        {
            rows = matrices[0].Rank == 2 ? matrices[0].Shape[0] : throw EngineException.InvalidArgument($"Dense inputs should be a matrix but received shape {matrices[0].Shape}");
        }
        if (rows < 0 || rows > Array.MaxLength)
            throw EngineException.InvalidArgument($"The batch size must be in [0, {Array.MaxLength}], got {rows}");
        var columns = new CrossColumn[sparse + matrices.Length];
        for (var i = 0; i < sparse; i++)
            columns[i] = CrossColumn.OfSparse(context.Input(i), context.Input(sparse + i), context.Input(2 * sparse + i), rows);
        for (var i = 0; i < matrices.Length; i++)
            columns[sparse + i] = CrossColumn.OfDense(matrices[i], rows);
        return columns;
    }

    /// <summary>Writes the crosses.</summary>
    internal static void Write<T>(KernelContext context, CrossColumn[] columns, long rows, Func<long, int[], T> make)
    {
        var (perRow, total) = FeatureCross.Count(columns, rows);
        var indices = context.Allocate(0, total, 2);
        var values = context.Allocate(1, total);
        var at = 0;
        for (var row = 0L; row < rows; row++)
        {
            var column = 0L;
            FeatureCross.Walk(columns, row, chosen =>
            {
                var index = indices.AsSpan<long>().Slice(2 * at, 2);
                (index[0], index[1]) = (row, column++);
                values.AsSpan<T>()[at++] = make(row, chosen);
            });
        }
        var shape = context.Allocate(2, 2).AsSpan<long>();
        (shape[0], shape[1]) = (rows, perRow.Length > 0 ? perRow.Max() : 0);
    }
}
