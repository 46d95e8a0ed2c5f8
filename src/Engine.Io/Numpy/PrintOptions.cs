namespace Engine.Io.Numpy;

/// <summary>How arrays are printed: the options of <c>numpy.set_printoptions</c>.</summary>
internal sealed record PrintOptions
{
    internal static PrintOptions Default { get; } = new();

    /// <summary>Digits behind the point at most; null with floatmode <c>unique</c>.</summary>
    internal int Precision { get; init; } = 8;

    /// <summary>More elements are summarised.</summary>
    internal long Threshold { get; init; } = 1000;

    /// <summary>Elements at each end of a summarised dimension.</summary>
    internal int EdgeItems { get; init; } = 3;

    internal int LineWidth { get; init; } = 75;

    /// <summary>Whether small numbers are printed without exponent.</summary>
    internal bool Suppress { get; init; }

    internal string NanText { get; init; } = "nan";

    internal string InfinityText { get; init; } = "inf";

    /// <summary><c>-</c>, <c>+</c> or a blank.</summary>
    internal char Sign { get; init; } = '-';

    /// <summary><c>fixed</c>, <c>unique</c>, <c>maxprec</c> or <c>maxprec_equal</c>.</summary>
    internal string FloatMode { get; init; } = "maxprec";
}
