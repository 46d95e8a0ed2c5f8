using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Sparse;

namespace Engine.Ops.Ragged;

/// <summary>Gives every row without a value a default value.</summary>
[Op("RaggedFillEmptyRows")]
internal sealed class RaggedFillEmptyRows : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var rows = c.Input(0, 1);
        rows.Merge(c.Input(1, 1));
        c.WithRank(c.Input(2), 0);
        c.WithRank(c.Input(3), 0);
        c.SetOutput(1, PartialShape.Vector(-1));
        c.SetOutput(2, PartialShape.Vector(c.InputScalar(2) is >= 0 and var n ? n : -1));
        c.SetOutput(3, rows);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common);
        return Kernel.From(context =>
        {
            var rows = IndexTensor.Vector(context.Input(0), "value_rowids");
            var (values, missing) = (context.Input(1), context.Input(3));
            if (values.Rank != 1 || values.Count != rows.Length)
                throw EngineException.InvalidArgument($"values must be a vector of {rows.Length} elements, got {values.Shape}");
            if (missing.Rank != 0)
                throw EngineException.InvalidArgument($"default_value must be a scalar, saw: {missing.Shape}");
            var plan = new FilledRows(rows, IndexTensor.Scalar(context.Input(2), "nrows"));
            // Without rows TensorFlow answers with a matrix.
            var filled = context.Allocate(0, plan.Empty.Length == 0 ? Shape.Matrix(0, 1) : Shape.Vector(plan.Total)).AsSpan<long>();
            for (var i = 0; i < rows.Length; i++)
                filled[(int)plan.Places[i]] = rows[i];
            foreach (var (row, place) in plan.EmptyRows())
                filled[(int)place] = row;
            plan.MoveValues(values, missing, context.Allocate(1, plan.Total));
            plan.Empty.CopyTo(context.Allocate(2, plan.Empty.Length).AsSpan<bool>());
            plan.Places.CopyTo(context.Allocate(3, plan.Places.Length).AsSpan<long>());
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var gradient = g.NewNode("RaggedFillEmptyRowsGrad").Input(g.Output(3)).Input(g.OutputGradient(1)).Build();
        return [null, gradient[0], null, gradient[1]];
    }
}
