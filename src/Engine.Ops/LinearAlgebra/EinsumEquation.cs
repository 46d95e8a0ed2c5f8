namespace Engine.Ops.LinearAlgebra;

/// <summary>
/// The equation of an Einsum, <c>ij,jk->ik</c>: a letter for each dimension of each operand and of the result; <c>...</c> stands for
/// dimensions that broadcast.
/// </summary>
internal sealed class EinsumEquation
{
    private const string Ellipsis = "...";

    private EinsumEquation(string[] operands, string result)
    {
        Operands = operands;
        Result = result;
    }

    /// <summary>The labels of each operand, as written.</summary>
    public string[] Operands { get; }

    /// <summary>The labels of the result, as written.</summary>
    public string Result { get; }

    /// <summary>Reads an equation.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when it is malformed.</exception>
    public static EinsumEquation Parse(string equation, int operandCount)
    {
        string[] sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        if (sides.Length != 2)
            throw EngineException.InvalidArgument($"Expecting exactly one '->' in einsum equation: {equation}");
        string[] operands = sides[0].Split(',');
        if (operands.Length is not (1 or 2))
            throw EngineException.InvalidArgument($"Expecting 1 or 2 input subscripts in equation '{equation}' but got: {operands.Length}");
        if (operands.Length != operandCount)
            throw EngineException.InvalidArgument($"Expected {operands.Length} inputs for equation {equation} but got: {operandCount}");
        foreach (string labels in (ReadOnlySpan<string>)[.. operands, sides[1]])
            CheckLabels(labels, equation);
        foreach (char label in Letters(sides[1]))
        {
            if (!Array.Exists(operands, operand => operand.Contains(label, StringComparison.Ordinal)))
                throw EngineException.InvalidArgument($"Label '{label}' of the output of equation {equation} is in no input");
        }

        return new EinsumEquation(operands, sides[1]);
    }

    /// <summary>Whether labels have an ellipsis.</summary>
    public static bool HasEllipsis(string labels) => labels.Contains(Ellipsis, StringComparison.Ordinal);

    /// <summary>The letters of labels, the ellipsis left out.</summary>
    public static string Letters(string labels) => labels.Replace(Ellipsis, "", StringComparison.Ordinal);

    /// <summary>
    /// One number for each dimension of an operand of <paramref name="rank"/> dimensions: letters as they are, the dimensions of the
    /// ellipsis -1, -2, ... from its last one, so that equal numbers are broadcast together.
    /// </summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when the labels do not fit the rank.</exception>
    public static int[] Expand(string labels, int rank)
    {
        int letters = Letters(labels).Length;
        int ellipsis = labels.IndexOf(Ellipsis, StringComparison.Ordinal);
        if (ellipsis < 0 ? rank != letters : rank < letters)
            throw EngineException.InvalidArgument($"Expected input of rank {(ellipsis < 0 ? "" : "at least ")}{letters} for subscript '{labels}' but got rank {rank}");
        return Expand(labels, ellipsis, rank - letters);
    }

    /// <summary>The numbers of the result, whose ellipsis stands for <paramref name="broadcast"/> dimensions.</summary>
    public int[] ExpandResult(int broadcast) => Expand(Result, Result.IndexOf(Ellipsis, StringComparison.Ordinal), broadcast);

    private static int[] Expand(string labels, int ellipsis, int broadcast)
    {
        if (ellipsis < 0)
            return [.. labels.Select(letter => (int)letter)];
        IEnumerable<int> middle = Enumerable.Range(0, broadcast).Select(i => i - broadcast);
        return [.. labels[..ellipsis].Select(letter => (int)letter), .. middle, .. labels[(ellipsis + Ellipsis.Length)..].Select(letter => (int)letter)];
    }

    private static void CheckLabels(string labels, string equation)
    {
        string letters = Letters(labels);
        if (letters.Contains('.', StringComparison.Ordinal) || labels.Length - letters.Length > Ellipsis.Length)
            throw EngineException.InvalidArgument($"Subscript '{labels}' of equation {equation} may have one ellipsis '...' and no other '.'");
        foreach (char letter in letters)
        {
            if (!char.IsAsciiLetter(letter))
                throw EngineException.InvalidArgument($"Subscript '{labels}' of equation {equation} has a label that is not a letter: '{letter}'");
        }
    }
}
