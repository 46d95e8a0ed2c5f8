using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Quantization;

/// <summary>How a float range is spread over the levels of a type.</summary>
internal enum QuantizationMode
{
    /// <summary>From the range's ends to the type's ends.</summary>
    MinCombined,

    /// <summary>Likewise, with the range moved so that zero is a level.</summary>
    MinFirst,

    /// <summary>By a factor alone: zero is level 0.</summary>
    Scaled,
}

/// <summary>Attributes that quantizing and dequantizing share.</summary>
internal readonly record struct QuantizationAttributes(QuantizationMode Mode, bool Narrow, int Axis)
{
    public static QuantizationAttributes Of(KernelBuilder node)
    {
        var mode = node.String("mode") switch
        {
            "MIN_COMBINED" => QuantizationMode.MinCombined,
            "MIN_FIRST" => QuantizationMode.MinFirst,
            "SCALED" => QuantizationMode.Scaled,
            var name => throw node.Fail($"Mode string must be 'MIN_COMBINED', 'MIN_FIRST', or 'SCALED', is '{name}'"),
        };
        var axis = node.Int("axis");
        if (axis < -1)
            throw node.Fail($"Axis must be at least -1. Found {axis}");
        return new QuantizationAttributes(mode, node.Bool("narrow_range"), (int)Math.Min(axis, int.MaxValue));
    }

    /// <summary>Sets the outputs' shapes: that of the input, and of the ranges.</summary>
    public static void InferShapes(InferenceContext c)
    {
        c.SetOutput(0, c.Input(0));
        var axis = c.Attr("axis").AsInt();
        if (axis < -1)
            throw c.Fail($"axis should be at least -1, got {axis}");
        PartialShape low = c.Input(1, axis == -1 ? 0 : 1), high = c.Input(2, axis == -1 ? 0 : 1);
        if (axis >= 0 && c.Input(0) is { HasRank: true } input && (axis >= input.Rank || !input.Slice((int)axis, (int)axis + 1).IsCompatibleWith(low)))
            throw c.Fail($"axis {axis} of the input must have as many elements as the ranges");
        for (var i = 1; i < c.OutputCount; i++)
            c.SetOutput(i, i == 1 ? low : high);
    }

    /// <summary>The number of slices before the axis, along it, and elements of one; and checks the range inputs against them.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when the axis or the ranges do not fit.</exception>
    public (long Outer, int Slices, long Inner) Slices(KernelContext context)
    {
        Tensor x = context.Input(0), low = context.Input(1), high = context.Input(2);
        if (Axis == -1)
        {
            if (low.Count != 1 || high.Count != 1)
                throw EngineException.InvalidArgument($"min_range and max_range must be scalars, not {low.Shape} and {high.Shape}");
            return (1, 1, x.Count);
        }
        if (Axis >= x.Rank)
            throw EngineException.InvalidArgument($"Axis must be less than input dimension({x.Rank}), not {Axis}");
        if (low.Rank != 1 || high.Rank != 1 || low.Count != x.Shape[Axis] || high.Count != x.Shape[Axis])
            throw EngineException.InvalidArgument($"min_range {low.Shape} and max_range {high.Shape} must have one element for each of axis {Axis} of {x.Shape}");
        if (Mode == QuantizationMode.MinFirst)
            throw EngineException.Unimplemented("MIN_FIRST mode is not implemented for Quantize with axis != -1.");
        return (x.Shape.CountOf(0, Axis), (int)x.Shape[Axis], x.Shape.CountOf(Axis + 1, x.Rank));
    }
}
