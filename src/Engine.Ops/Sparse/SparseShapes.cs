using Engine.OpModel;

namespace Engine.Ops.Sparse;

/// <summary>Shape functions that several sparse ops share.</summary>
internal static class SparseShapes
{
    /// <summary>Checks the ranks of indices, values and shape from input <paramref name="first"/> on.</summary>
    internal static void CheckInput(InferenceContext c, int first)
    {
        var indices = c.Input(first, 2);
        var values = c.Input(first + 1, 1);
        var shape = c.Input(first + 2, 1);
        PartialShape.Vector(indices[0]).Merge(values);
        PartialShape.Vector(indices[1]).Merge(shape);
    }

    /// <summary>Says that the outputs from <paramref name="first"/> on are indices and values of <paramref name="count"/> entries, and a shape where there is a third.</summary>
    internal static void SetOutput(InferenceContext c, int first, long count, long rank, bool withShape = true)
    {
        c.SetOutput(first, new PartialShape(count, rank));
        c.SetOutput(first + 1, PartialShape.Vector(count));
        if (withShape)
            c.SetOutput(first + 2, PartialShape.Vector(rank));
    }
}
