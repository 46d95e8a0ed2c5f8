using System.Collections.Concurrent;
using System.Globalization;

namespace Engine.Ops.Strings.RegularExpressions;

/// <summary>The classes that have names: Perl's, POSIX's, Unicode's categories and scripts.</summary>
internal static class CharacterClasses
{
    private static readonly ConcurrentDictionary<string, CodePointSet?> Unicode = new(StringComparer.Ordinal);

    private static readonly Dictionary<UnicodeCategory, string> CategoryNames = new()
    {
        [UnicodeCategory.UppercaseLetter] = "Lu",
        [UnicodeCategory.LowercaseLetter] = "Ll",
        [UnicodeCategory.TitlecaseLetter] = "Lt",
        [UnicodeCategory.ModifierLetter] = "Lm",
        [UnicodeCategory.OtherLetter] = "Lo",
        [UnicodeCategory.NonSpacingMark] = "Mn",
        [UnicodeCategory.SpacingCombiningMark] = "Mc",
        [UnicodeCategory.EnclosingMark] = "Me",
        [UnicodeCategory.DecimalDigitNumber] = "Nd",
        [UnicodeCategory.LetterNumber] = "Nl",
        [UnicodeCategory.OtherNumber] = "No",
        [UnicodeCategory.SpaceSeparator] = "Zs",
        [UnicodeCategory.LineSeparator] = "Zl",
        [UnicodeCategory.ParagraphSeparator] = "Zp",
        [UnicodeCategory.Control] = "Cc",
        [UnicodeCategory.Format] = "Cf",
        [UnicodeCategory.Surrogate] = "Cs",
        [UnicodeCategory.PrivateUse] = "Co",
        [UnicodeCategory.ConnectorPunctuation] = "Pc",
        [UnicodeCategory.DashPunctuation] = "Pd",
        [UnicodeCategory.OpenPunctuation] = "Ps",
        [UnicodeCategory.ClosePunctuation] = "Pe",
        [UnicodeCategory.InitialQuotePunctuation] = "Pi",
        [UnicodeCategory.FinalQuotePunctuation] = "Pf",
        [UnicodeCategory.OtherPunctuation] = "Po",
        [UnicodeCategory.MathSymbol] = "Sm",
        [UnicodeCategory.CurrencySymbol] = "Sc",
        [UnicodeCategory.ModifierSymbol] = "Sk",
        [UnicodeCategory.OtherSymbol] = "So",
    };

    /// <summary>The class of <c>\d</c>, <c>\s</c>, <c>\w</c> or their complements, or null.</summary>
    internal static CodePointSet? Perl(int letter) => letter switch
    {
        'd' => CodePointSet.Of(('0', '9')),
        's' => CodePointSet.Of(('\t', '\n'), ('\f', '\r'), (' ', ' ')),
        'w' => CodePointSet.Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')),
        'D' or 'S' or 'W' => Perl(letter | 0x20)!.Negate(),
        _ => null,
    };

    /// <summary>The class of <c>[:name:]</c>, or null.</summary>
    internal static CodePointSet? Posix(string name) => name switch
    {
        "alnum" => CodePointSet.Of(('0', '9'), ('A', 'Z'), ('a', 'z')),
        "alpha" => CodePointSet.Of(('A', 'Z'), ('a', 'z')),
        "ascii" => CodePointSet.Of((0, 0x7F)),
        "blank" => CodePointSet.Of(('\t', '\t'), (' ', ' ')),
        "cntrl" => CodePointSet.Of((0, 0x1F), (0x7F, 0x7F)),
        "digit" => CodePointSet.Of(('0', '9')),
        "graph" => CodePointSet.Of(('!', '~')),
        "lower" => CodePointSet.Of(('a', 'z')),
        "print" => CodePointSet.Of((' ', '~')),
        "punct" => CodePointSet.Of(('!', '/'), (':', '@'), ('[', '`'), ('{', '~')),
        "space" => CodePointSet.Of(('\t', '\r'), (' ', ' ')),
        "upper" => CodePointSet.Of(('A', 'Z')),
        "word" => Perl('w'),
        "xdigit" => CodePointSet.Of(('0', '9'), ('A', 'F'), ('a', 'f')),
        _ => null,
    };

    /// <summary>A category such as Lu, a group of categories such as L, a script, or Any; null for other names.</summary>
    internal static CodePointSet? Named(string name) => Unicode.GetOrAdd(name, static n =>
    {
        if (n == "Any")
            return CodePointSet.Of((0, CodePointSet.Max));
        if (CategoryNames.ContainsValue(n) || (n.Length == 1 && "LMNPSZC".Contains(n[0], StringComparison.Ordinal)))
            return Category(n);
        return UnicodeScripts.Find(n) is { } ranges ? CodePointSet.Of(ranges) : null;
    });

    private static CodePointSet Category(string prefix)
    {
        var ranges = new List<(int, int)>();
        var start = -1;
        for (var c = 0; c <= CodePointSet.Max + 1; c++)
        {
            // Code points without a meaning have no name here: RE2's C leaves them out.
            var isIn = c <= CodePointSet.Max && CategoryNames.TryGetValue(CharUnicodeInfo.GetUnicodeCategory(c), out var name)
                && name.StartsWith(prefix, StringComparison.Ordinal);
            if (isIn && start < 0)
                start = c;
            if (!isIn && start >= 0)
            {
                ranges.Add((start, c - 1));
                start = -1;
            }
        }
        return CodePointSet.Of(ranges);
    }
}
