namespace Engine.Ops.Functions;

/// <summary>Joins the rows of a batch and takes them apart again.</summary>
internal static class BatchRows
{
    /// <summary>Input <paramref name="index"/> of all tasks joined along the first dimension, padded to <paramref name="size"/> rows by repeating the first.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when rows differ in shape.</exception>
    internal static Tensor Join(List<BatchTask> batch, int index, long size)
    {
        var first = batch[0].Inputs[index];
        var row = first.Shape.Slice(1);
        var joined = Tensor.Allocate(first.Type, Shape.Vector(size).Concat(row));
        var start = 0L;
        foreach (var task in batch)
        {
            var rows = task.Inputs[index];
            if (rows.Shape.Slice(1) != row)
                throw EngineException.InvalidArgument($"Tensors of a batch must agree in all dimensions but the first: {rows.Shape.Slice(1)} vs. {row}");
            using var target = joined.Rows(start, task.Size);
            target.CopyFrom(rows);
            start += task.Size;
        }
        for (; start < size && first.Shape[0] > 0; start++)
        {
            using var target = joined.Rows(start, 1);
            using var source = first.Rows(0, 1);
            target.CopyFrom(source);
        }
        return joined;
    }

    internal static long Size(List<BatchTask> batch) => batch.Sum(t => t.Size);
}
