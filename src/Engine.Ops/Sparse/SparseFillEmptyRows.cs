using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Sparse;

/// <summary>Gives every row without an entry one of a default value in its first column.</summary>
[Op("SparseFillEmptyRows")]
internal sealed class SparseFillEmptyRows : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        SparseShapes.CheckInput(c, 0);
        c.WithRank(c.Input(3), 0);
        c.SetOutput(0, new PartialShape(-1, c.Input(0)[1] is var rank && rank >= 0 ? rank : c.Input(2)[0]));
        c.SetOutput(1, PartialShape.Vector(-1));
        c.SetOutput(2, PartialShape.Vector(c.InputAsShape(2) is { Rank: > 0 } dense ? dense[0] : -1));
        c.SetOutput(3, PartialShape.Vector(c.Input(0)[0]));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common);
        return Kernel.From(Run);
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var gradient = g.NewNode("SparseFillEmptyRowsGrad").Input(g.Output(3)).Input(g.OutputGradient(1)).Build();
        return [null, gradient[0], null, gradient[1]];
    }

    private static void Run(KernelContext context)
    {
        var input = SparseInput.At(context, 0);
        var missing = context.Input(3);
        if (missing.Rank != 0)
            throw EngineException.InvalidArgument($"default_value must be a scalar, saw: {missing.Shape}");
        if (input.Rank == 0)
            throw EngineException.InvalidArgument("Dense shape cannot be empty.");
        var rows = new long[input.Count];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = input.Row(i)[0];
        var plan = new FilledRows(rows, input.Dims[0]);
        var indices = context.Allocate(0, plan.Total, input.Rank);
        WriteIndices(input, plan, indices);
        plan.MoveValues(input.Values, missing, context.Allocate(1, plan.Total));
        plan.Empty.CopyTo(context.Allocate(2, plan.Empty.Length).AsSpan<bool>());
        plan.Places.CopyTo(context.Allocate(3, plan.Places.Length).AsSpan<long>());
    }

    private static unsafe void WriteIndices(SparseInput input, FilledRows plan, Tensor indices)
    {
        var to = indices.Pointer<long>();
        var rank = input.Rank;
        for (var i = 0; i < input.Count; i++)
            input.Row(i).CopyTo(new Span<long>(to + plan.Places[i] * rank, rank));
        foreach (var (row, place) in plan.EmptyRows())
        {
            var entry = new Span<long>(to + place * rank, rank);
            entry.Clear();
            entry[0] = row;
        }
    }
}
