namespace Engine.Ops.Strings.RegularExpressions;

/// <summary>Positions that a pattern can ask for without consuming text.</summary>
internal enum Assertion
{
    /// <summary><c>\A</c>, and <c>^</c> without (?m).</summary>
    TextStart,
    /// <summary><c>\z</c>, and <c>$</c> without (?m).</summary>
    TextEnd,
    /// <summary><c>(?m)^</c>.</summary>
    LineStart,
    /// <summary><c>(?m)$</c>.</summary>
    LineEnd,
    /// <summary><c>\b</c>, of ASCII words.</summary>
    WordBoundary,
    /// <summary><c>\B</c>.</summary>
    NoWordBoundary,
}

/// <summary>A pattern as a tree.</summary>
internal abstract record Syntax
{
    /// <summary>The largest product of repetitions within one another.</summary>
    internal virtual long Repetitions => 1;

    internal sealed record Empty : Syntax;

    internal sealed record Set(CodePointSet Members) : Syntax;

    internal sealed record AnyByte : Syntax;

    internal sealed record Position(Assertion Assertion) : Syntax;

    internal sealed record Group(Syntax Inner, int Index) : Syntax
    {
        internal override long Repetitions => Inner.Repetitions;
    }

    internal sealed record Sequence(IReadOnlyList<Syntax> Items) : Syntax
    {
        internal override long Repetitions => Items.Max(i => i.Repetitions);
    }

    internal sealed record Alternatives(IReadOnlyList<Syntax> Items) : Syntax
    {
        internal override long Repetitions => Items.Max(i => i.Repetitions);
    }

    /// <summary>From <paramref name="Min"/> to <paramref name="Max"/> times; -1 for no limit.</summary>
    internal sealed record Repeat(Syntax Inner, int Min, int Max, bool IsLazy) : Syntax
    {
        internal override long Repetitions => Inner.Repetitions * Math.Max(1, Math.Max(Min, Max));
    }
}
