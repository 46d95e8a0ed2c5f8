namespace Engine.Io.Python;

/// <summary>A token of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A name or an operator.</param>
/// <param name="Value">A number or string.</param>
internal readonly record struct PythonToken(PythonToken.Kinds Kind, string Text, object? Value = null)
{
    internal enum Kinds
    {
        End,
        Name,
        Literal,
        Operator,
    }

    internal bool Is(string op) => Kind == Kinds.Operator && Text == op;

    internal bool IsWord(string word) => Kind == Kinds.Name && Text == word;
}
