using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>The Levenshtein distance between sequences of two sparse tensors, whose last dimension is the sequence; normalized by the truth's length.</summary>
[Op("EditDistance")]
internal sealed class EditDistance : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        for (var i = 0; i < 6; i += 3)
        {
            c.WithRank(c.Input(i), 2);
            c.WithRank(c.Input(i + 1), 1);
            c.WithRank(c.Input(i + 2), 1);
        }
        if (c.InputTensor(2) is not { Rank: 1 } hypothesis || c.InputTensor(5) is not { Rank: 1 } truth)
            return;
        if (hypothesis.Count != truth.Count)
            throw c.Fail($"Num elements of hypothesis_shape does not match truth_shape: {hypothesis.Count} vs. {truth.Count}");
        if (hypothesis.Count > 0)
            c.SetOutput(0, new PartialShape(OutputDims(IndexTensor.Read(hypothesis), IndexTensor.Read(truth))));
    }

    public static Kernel CreateKernel(KernelBuilder node)
        => EqualityKernels.Make(node.Type("T", TypeGroups.Plain | TypeGroups.String), new Factory(node.Bool("normalize"))) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => new Gradient?[6];

    private static long[] OutputDims(long[] hypothesis, long[] truth)
    {
        var dims = new long[truth.Length - 1];
        for (var i = 0; i < dims.Length; i++)
            dims[i] = Math.Max(hypothesis[i], truth[i]);
        return dims;
    }

    private readonly struct Factory(bool normalize) : IEqualityFactory
    {
        public Kernel Create<T>(IEqualityComparer<T> equality) where T : notnull
        {
            var byLength = normalize;
            return Kernel.From(context => Run(context, byLength, equality));
        }
    }

    private static void Run<T>(KernelContext context, bool normalize, IEqualityComparer<T> equality) where T : notnull
    {
        var hypothesisShape = IndexTensor.Vector(context.Input(2), "hypothesis_shape");
        var truthShape = IndexTensor.Vector(context.Input(5), "truth_shape");
        if (hypothesisShape.Length != truthShape.Length || truthShape.Length == 0)
            throw EngineException.InvalidArgument($"Expected hypothesis_shape and truth_shape of equal length, not {hypothesisShape.Length} and {truthShape.Length}");
        _ = (new Shape(hypothesisShape), new Shape(truthShape));
        var shape = new Shape(OutputDims(hypothesisShape, truthShape));
        var hypotheses = Sequences(context.Input(0), context.Input(1), truthShape.Length, shape, "hypothesis");
        var truths = Sequences(context.Input(3), context.Input(4), truthShape.Length, shape, "truth");
        var distances = context.AllocateZeros(0, shape).AsSpan<float>();
        var x = context.Input(1).AsRawSpan<T>();
        var y = context.Input(4).AsRawSpan<T>();
        foreach (var cell in hypotheses.Keys.Union(truths.Keys))
        {
            var h = hypotheses.GetValueOrDefault(cell);
            var t = truths.GetValueOrDefault(cell);
            float distance = Levenshtein(x[h], y[t], equality);
            if (normalize)
            {
                var length = t.GetOffsetAndLength(y.Length).Length;
                distance = length > 0 ? distance / length : distance > 0 ? float.PositiveInfinity : 0;
            }
            distances[(int)cell] = distance;
        }
    }

    // Values with equal coordinates before the last are one sequence; they follow one another.
    private static Dictionary<long, Range> Sequences(Tensor indices, Tensor values, int rank, Shape shape, string what)
    {
        if (indices.Rank != 2 || values.Rank != 1 || indices.Shape[0] != values.Count || indices.Shape[1] != rank)
            throw EngineException.InvalidArgument($"{what}_indices must be a matrix of a row of {rank} for each of the {what}_values, not {indices.Shape} for {values.Shape}");
        var strides = shape.Strides();
        var at = indices.AsSpan<long>();
        var sequences = new Dictionary<long, Range>();
        for (var row = 0; row < values.Count; row++)
        {
            var cell = 0L;
            for (var d = 0; d < strides.Length; d++)
            {
                var i = at[row * rank + d];
                if ((ulong)i >= (ulong)shape[d])
                    throw EngineException.Internal($"{what}_indices[{row}] = {i} lies outside of the output's shape {shape}");
                cell += i * strides[d];
            }
            if (!sequences.TryGetValue(cell, out var range))
                sequences[cell] = row..(row + 1);
            else if (range.End.Value == row)
                sequences[cell] = range.Start..(row + 1);
            else
                throw EngineException.InvalidArgument($"{what}_indices are not in order: row {row} belongs to a sequence that ended before");
        }
        return sequences;
    }

    private static int Levenshtein<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, IEqualityComparer<T> equality)
    {
        var costs = new int[y.Length + 1];
        for (var j = 0; j < costs.Length; j++)
            costs[j] = j;
        for (var i = 0; i < x.Length; i++)
        {
            var diagonal = costs[0];
            costs[0] = i + 1;
            for (var j = 0; j < y.Length; j++)
            {
                var replaced = diagonal + (equality.Equals(x[i], y[j]) ? 0 : 1);
                diagonal = costs[j + 1];
                costs[j + 1] = Math.Min(replaced, Math.Min(diagonal, costs[j]) + 1);
            }
        }
        return costs[^1];
    }
}
