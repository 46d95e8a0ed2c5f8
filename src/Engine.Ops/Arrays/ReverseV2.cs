using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>Some dimensions backwards: those listed, or for <c>Reverse</c> those marked true.</summary>
[Op("ReverseV2", "Reverse")]
internal sealed class ReverseV2 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var input = c.Input(0);
        var axes = c.WithRank(c.Input(1), 1);
        if (input.HasRank && input.Rank > 8)
            throw c.Fail("reverse does not work on tensors with more than 8 dimensions");
        if (c.Node.Op == "Reverse")
        {
            if (input.HasRank && axes[0] >= 0 && axes[0] != input.Rank)
                throw c.Fail($"dims must have {input.Rank} elements");
        }
        else if (input.HasRank && c.InputTensor(1) is { } t)
        {
            Marks(t, input.Rank);
        }
        c.SetOutput(0, input);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Plain | TypeGroups.String);
        return node.Node.Op == "Reverse"
            ? Kernel.From(context =>
            {
                var (input, dims) = (context.Input(0), context.Input(1));
                if (input.Rank == 0)
                {
                    context.Forward(0, 0);
                    return;
                }
                if (dims.Rank != 1 || dims.Count != input.Rank)
                    throw EngineException.InvalidArgument($"dims must be a vector of the input's rank {input.Rank}, not {dims.Shape}");
                if (input.Shape[0] == 0)
                    throw EngineException.InvalidArgument("Invalid input first dimension. Found 0.");
                Run(context, dims.ToArray<bool>());
            })
            : Kernel.From(context =>
            {
                // What has nothing to reverse is passed on whatever the axes say.
                if (context.Input(0).Rank == 0 || context.Input(0).Count == 0)
                    context.Forward(0, 0);
                else
                    Run(context, Marks(context.Input(1), context.Input(0).Rank));
            });
    }

    public static Gradient?[] Gradient(GradientContext g) => [g.Node(g.Node.Op, g.OutputGradient(0), g.Input(1)), null];

    private static bool[] Marks(Tensor axes, int rank)
    {
        var marks = new bool[rank];
        foreach (var axis in IndexTensor.Vector(axes, "axis"))
        {
            var d = IndexTensor.Axis(axis, rank);
            if (marks[d])
                throw EngineException.InvalidArgument($"axis {d} specified more than once.");
            marks[d] = true;
        }
        return marks;
    }

    private static void Run(KernelContext context, bool[] backwards)
    {
        var input = context.Input(0);
        if (input.Rank > 8)
            throw EngineException.Unimplemented("reverse is not implemented for tensors of rank > 8.");
        var strides = input.Shape.Strides();
        var from = (long[])strides.Clone();
        var start = 0L;
        var any = false;
        for (var d = 0; d < backwards.Length; d++)
        {
            if (!backwards[d] || input.Shape[d] < 2)
                continue;
            start += (input.Shape[d] - 1) * from[d];
            from[d] = -from[d];
            any = true;
        }
        if (any && input.Count > 0)
            StridedCopy.Run(context.Workers, input.Shape.Dims, input, start, from, context.Allocate(0, input.Shape), 0, strides);
        else
            context.Forward(0, 0);
    }
}
