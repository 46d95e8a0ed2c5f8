using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.LinearAlgebra;

/// <summary>The gradient of one operand of an Einsum, made of Einsums.</summary>
internal static class EinsumGradient
{
    /// <summary>Builds the gradient.</summary>
    /// <param name="g">The forward node and its gradient.</param>
    /// <param name="equation">The forward equation.</param>
    /// <param name="operand">Which operand.</param>
    /// <param name="factors">The output's gradient, and the other operand if there is one.</param>
    /// <param name="labels">The labels of the factors.</param>
    public static Value Of(GradientContext g, EinsumEquation equation, int operand, Value[] factors, string labels)
    {
        Value input = g.Input(operand);
        string own = equation.Operands[operand];
        string ownEllipsis = EinsumEquation.HasEllipsis(own) ? "..." : "";

        // Labels that the forward pass summed over in this operand alone: its gradient is the same all along them.
        string present = EinsumEquation.Letters(labels);
        string letters = new([.. EinsumEquation.Letters(own).Distinct()]);
        string kept = new([.. letters.Where(present.Contains)]);
        string summed = new([.. letters.Where(letter => !present.Contains(letter, StringComparison.Ordinal))]);

        // Dimensions that this operand was broadcast along, because of the other's ellipsis, come first and are summed away.
        bool broadcast = EinsumEquation.HasEllipsis(labels);
        Value gradient = Node(g, $"{labels}->{(broadcast ? "..." : "")}{kept}", factors);
        string target = ownEllipsis + kept;
        if (broadcast)
            gradient = g.SumToShapeOf(gradient, own == target ? input : Node(g, $"{own}->{target}", input));
        if (summed.Length > 0)
        {
            Value sizes = Concatenate(g, [.. summed.Select(label => SizeOf(g, input, own, label)), ShapeOf(g, gradient)]);
            gradient = g.NewNode("BroadcastTo").Input(gradient).Input(sizes).Build()[0];
            target = summed + target;
        }

        return target == own ? gradient : Node(g, $"{target}->{own}", gradient);
    }

    private static Value Node(GradientContext g, string equation, params Value[] operands)
        => g.NewNode("Einsum").Input(operands).Attr("equation", equation).Build()[0];

    private static Value ShapeOf(GradientContext g, Value value) => g.NewNode("Shape").Input(value).Build()[0];

    /// <summary>The size of the dimension with a label, as a vector of one element.</summary>
    private static Value SizeOf(GradientContext g, Value input, string labels, char label)
    {
        int at = labels.IndexOf(label, StringComparison.Ordinal);
        int fromEnd = labels.Length - at;
        bool afterEllipsis = labels.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot && dot < at;
        int begin = afterEllipsis ? -fromEnd : at;
        int end = begin + 1;
        return g.NewNode("StridedSlice").Input(ShapeOf(g, input))
            .Input(Vector(g, begin)).Input(Vector(g, end)).Input(Vector(g, 1))
            .Attr("end_mask", end == 0 ? 1L : 0L).Build()[0];
    }

    private static Value Vector(GradientContext g, int value) => g.Constant(Tensor.From(value));

    private static Value Concatenate(GradientContext g, Value[] parts)
        => g.NewNode("ConcatV2").Input(parts).Input(g.Constant(Tensor.Scalar(0))).Build()[0];
}
