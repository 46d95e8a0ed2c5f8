using Engine.OpModel;

namespace Engine.Ops.Reductions;

/// <summary>Which dimensions of a tensor are reduced: neighbouring dimensions that share their fate are one, dimensions of 1 are gone.</summary>
internal sealed class ReductionPlan
{
    private readonly List<(long Length, bool IsReduced)> groups = [];

    /// <param name="input">The tensor's shape.</param>
    /// <param name="axes">The axes, negative ones counted from the end.</param>
    /// <param name="keepDims">Whether reduced dimensions stay as 1.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT for an axis out of range or named twice.</exception>
    internal ReductionPlan(Shape input, Tensor axes, bool keepDims)
    {
        var isReduced = Reduced(input.Rank, axes);
        var output = new List<long>(input.Rank);
        for (var i = 0; i < input.Rank; i++)
        {
            if (isReduced[i])
                ReducedCount *= input[i];
            if (!isReduced[i])
                output.Add(input[i]);
            else if (keepDims)
                output.Add(1);
            Append(input[i], isReduced[i]);
        }
        Output = new Shape([.. output]);
    }

    /// <summary>The result's shape.</summary>
    internal Shape Output { get; }

    /// <summary>How many elements make one of the result.</summary>
    internal long ReducedCount { get; } = 1;

    /// <summary>The dimensions, from the outermost: kept and reduced in turn.</summary>
    internal IReadOnlyList<(long Length, bool IsReduced)> Groups => groups;

    /// <summary>Adds an innermost dimension, for numbers of several parts.</summary>
    internal void Append(long length, bool isReduced)
    {
        if (length == 1)
            return;
        if (groups.Count > 0 && groups[^1].IsReduced == isReduced)
            groups[^1] = (groups[^1].Length * length, isReduced);
        else
            groups.Add((length, isReduced));
    }

    /// <summary>The result's shape as far as it is known.</summary>
    internal static PartialShape Infer(InferenceContext c, bool keepDims)
    {
        var input = c.Input(0);
        if (!input.HasRank)
            return PartialShape.Unknown;
        if (c.InputTensor(1) is not { } axes)
        {
            if (keepDims)
                return PartialShape.OfRank(input.Rank);
            return c.Input(1).IsFullyKnown && c.Input(1).Count == 0 ? input : PartialShape.Unknown;
        }
        var isReduced = Reduced(input.Rank, axes);
        var output = new List<long>(input.Rank);
        for (var i = 0; i < input.Rank; i++)
        {
            if (!isReduced[i])
                output.Add(input[i]);
            else if (keepDims)
                output.Add(1);
        }
        return new PartialShape([.. output]);
    }

    private static bool[] Reduced(int rank, Tensor axes)
    {
        var isReduced = new bool[rank];
        for (var i = 0; i < axes.Count; i++)
        {
            var axis = axes.Type == DType.Int32 ? axes.AsSpan<int>()[i] : axes.AsSpan<long>()[i];
            if (axis < -rank || axis >= rank)
                throw EngineException.InvalidArgument($"Invalid reduction dimension ({axis} for input with {rank} dimension(s))");
            var k = axis < 0 ? axis + rank : axis;
            if (isReduced[k])
                throw EngineException.InvalidArgument($"Invalid reduction arguments: Axes contains duplicate dimension: {k}");
            isReduced[k] = true;
        }
        return isReduced;
    }
}
