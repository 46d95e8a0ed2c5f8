using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>For each batch entry, its first <c>seq_lengths[b]</c> steps backwards, the rest as they are.</summary>
[Op("ReverseSequence")]
internal sealed class ReverseSequence : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var input = c.Input(0);
        var lengths = c.WithRank(c.Input(1), 1);
        var (batch, sequence) = (c.Attr("batch_dim").AsInt(), c.Attr("seq_dim").AsInt());
        if (input.HasRank)
        {
            if (batch >= input.Rank || sequence >= input.Rank)
                throw c.Fail($"batch_dim {batch} and seq_dim {sequence} must be < input rank {input.Rank}");
            if (batch >= 0 && input[(int)batch] >= 0 && lengths[0] >= 0 && input[(int)batch] != lengths[0])
                throw c.Fail($"Dimensions must be equal, but are {input[(int)batch]} and {lengths[0]}");
        }
        c.SetOutput(0, input);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Plain | TypeGroups.String);
        var (batch, sequence) = (node.Int("batch_dim"), node.Int("seq_dim"));
        return Kernel.From(context => Run(context, batch, sequence));
    }

    public static Gradient?[] Gradient(GradientContext g)
        => [g.NewNode("ReverseSequence").Input(g.OutputGradient(0)).Input(g.Input(1)).Attr("batch_dim", g.Attr("batch_dim")).Attr("seq_dim", g.Attr("seq_dim")).Build()[0], null];

    private static void Run(KernelContext context, long batchDim, long sequenceDim)
    {
        var input = context.Input(0);
        var lengths = IndexTensor.Vector(context.Input(1), "seq_lengths");
        if (batchDim == sequenceDim || batchDim < 0 || sequenceDim < 0 || batchDim >= input.Rank || sequenceDim >= input.Rank)
            throw EngineException.InvalidArgument($"batch_dim {batchDim} and seq_dim {sequenceDim} must be different dimensions of {input.Shape}");
        var (batch, sequence) = ((int)batchDim, (int)sequenceDim);
        if (lengths.Length != input.Shape[batch])
            throw EngineException.InvalidArgument($"len(seq_lens) != input.dims({batch}), ({lengths.Length} vs. {input.Shape[batch]})");
        foreach (var n in lengths)
        {
            if (n < 0 || n > input.Shape[sequence])
                throw EngineException.InvalidArgument($"seq_lens {n} is not in [0, {input.Shape[sequence]}]");
        }
        var result = context.Allocate(0, input.Shape);
        var strides = input.Shape.Strides();
        var backwards = (long[])strides.Clone();
        backwards[sequence] = -strides[sequence];
        var box = input.Shape.Dims.ToArray();
        box[batch] = 1;
        for (var b = 0; b < lengths.Length; b++)
        {
            var at = b * strides[batch];
            var n = lengths[b];
            box[sequence] = n;
            StridedCopy.Run(context.Workers, box, input, at + (n - 1) * strides[sequence], backwards, result, at, strides);
            box[sequence] = input.Shape[sequence] - n;
            at += n * strides[sequence];
            StridedCopy.Run(context.Workers, box, input, at, strides, result, at, strides);
        }
    }
}
