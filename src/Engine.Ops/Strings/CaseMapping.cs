using System.Globalization;
using System.Text;

namespace Engine.Ops.Strings;

/// <summary>Full Unicode case mapping of UTF-8 text: ß becomes SS, Σ at the end of a word ς.</summary>
internal static class CaseMapping
{
    // SpecialCasing.txt: lower case letters whose upper case is several, except those of the iota block below.
    private static readonly Dictionary<int, string> UpperSequences = new()
    {
        [0xDF] = "SS",
        [0x149] = "\u02BCN",
        [0x1F0] = "J\u030C",
        [0x390] = "\u0399\u0308\u0301",
        [0x3B0] = "\u03A5\u0308\u0301",
        [0x587] = "\u0535\u0552",
        [0x1E96] = "H\u0331",
        [0x1E97] = "T\u0308",
        [0x1E98] = "W\u030A",
        [0x1E99] = "Y\u030A",
        [0x1E9A] = "A\u02BE",
        [0x1F50] = "\u03A5\u0313",
        [0x1F52] = "\u03A5\u0313\u0300",
        [0x1F54] = "\u03A5\u0313\u0301",
        [0x1F56] = "\u03A5\u0313\u0342",
        [0x1FB2] = "\u1FBA\u0399",
        [0x1FB3] = "\u0391\u0399",
        [0x1FB4] = "\u0386\u0399",
        [0x1FB6] = "\u0391\u0342",
        [0x1FB7] = "\u0391\u0342\u0399",
        [0x1FBC] = "\u0391\u0399",
        [0x1FC2] = "\u1FCA\u0399",
        [0x1FC3] = "\u0397\u0399",
        [0x1FC4] = "\u0389\u0399",
        [0x1FC6] = "\u0397\u0342",
        [0x1FC7] = "\u0397\u0342\u0399",
        [0x1FCC] = "\u0397\u0399",
        [0x1FD2] = "\u0399\u0308\u0300",
        [0x1FD3] = "\u0399\u0308\u0301",
        [0x1FD6] = "\u0399\u0342",
        [0x1FD7] = "\u0399\u0308\u0342",
        [0x1FE2] = "\u03A5\u0308\u0300",
        [0x1FE3] = "\u03A5\u0308\u0301",
        [0x1FE4] = "\u03A1\u0313",
        [0x1FE6] = "\u03A5\u0342",
        [0x1FE7] = "\u03A5\u0308\u0342",
        [0x1FF2] = "\u1FFA\u0399",
        [0x1FF3] = "\u03A9\u0399",
        [0x1FF4] = "\u038F\u0399",
        [0x1FF6] = "\u03A9\u0342",
        [0x1FF7] = "\u03A9\u0342\u0399",
        [0x1FFC] = "\u03A9\u0399",
        [0xFB00] = "FF",
        [0xFB01] = "FI",
        [0xFB02] = "FL",
        [0xFB03] = "FFI",
        [0xFB04] = "FFL",
        [0xFB05] = "ST",
        [0xFB06] = "ST",
        [0xFB13] = "\u0544\u0546",
        [0xFB14] = "\u0544\u0535",
        [0xFB15] = "\u0544\u053B",
        [0xFB16] = "\u054E\u0546",
        [0xFB17] = "\u0544\u053D",
    };

    /// <summary>The text in upper case. What follows a NUL is lost, as in TensorFlow.</summary>
    internal static byte[] Upper(byte[] text)
    {
        var result = new StringBuilder();
        foreach (var rune in Decode(text))
        {
            if (UpperSequences.TryGetValue(rune.Value, out var sequence))
                result.Append(sequence);
            else if (rune.Value is >= 0x1F80 and <= 0x1FAF)
                // Greek letters with a iota below: the capital, then a capital iota.
                result.Append((char)((rune.Value & 0xF0) switch { 0x80 => 0x1F08, 0x90 => 0x1F28, _ => 0x1F68 } + (rune.Value & 7))).Append('\u0399');
            else
                result.Append(UpperOf(rune));
        }
        return Encoding.UTF8.GetBytes(result.ToString());
    }

    /// <summary>The text in lower case. What follows a NUL is lost, as in TensorFlow.</summary>
    internal static byte[] Lower(byte[] text)
    {
        var runes = Decode(text);
        var result = new StringBuilder();
        for (var i = 0; i < runes.Count; i++)
        {
            if (runes[i].Value == 0x130)
                result.Append("i\u0307");
            else if (runes[i].Value == 0x3A3)
                result.Append(IsFinal(runes, i) ? '\u03C2' : '\u03C3');
            else
                result.Append(LowerOf(runes[i]));
        }
        return Encoding.UTF8.GetBytes(result.ToString());
    }

    private static List<Rune> Decode(byte[] text)
    {
        var runes = new List<Rune>();
        foreach (var rune in Encoding.UTF8.GetString(text).EnumerateRunes())
        {
            if (rune.Value == 0)
                break;
            runes.Add(rune);
        }
        return runes;
    }

    // .NET leaves two letters alone whose capital is plain ASCII.
    private static Rune UpperOf(Rune rune) => rune.Value switch
    {
        0x131 => new Rune('I'),
        0x17F => new Rune('S'),
        _ => Map(rune, Rune.ToUpperInvariant(rune)),
    };

    private static Rune LowerOf(Rune rune) => rune.Value == 0x212A ? new Rune('k') : Map(rune, Rune.ToLowerInvariant(rune));

    /// <summary>The other case, unless it is younger than the Unicode 13 of TensorFlow's ICU.</summary>
    private static Rune Map(Rune rune, Rune mapped) => IsYoung(rune.Value) || IsYoung(mapped.Value) ? rune : mapped;

    private static bool IsYoung(int c) => c >= 0x1C89 && c is 0x1C89 or 0x1C8A or 0x2C2F or 0x2C5F or 0xA7C0 or 0xA7C1 or (>= 0xA7CB and <= 0xA7CD) or (>= 0xA7D0 and <= 0xA7DC)
        or (>= 0x10570 and <= 0x105BC) or (>= 0x10D50 and <= 0x10D85);

    /// <summary>Whether a sigma ends its word: a letter before it and none after, marks and such not counted.</summary>
    private static bool IsFinal(List<Rune> runes, int at)
    {
        var before = at - 1;
        while (before >= 0 && IsIgnorable(runes[before]))
            before--;
        var after = at + 1;
        while (after < runes.Count && IsIgnorable(runes[after]))
            after++;
        return before >= 0 && IsCased(runes[before]) && (after >= runes.Count || !IsCased(runes[after]));
    }

    private static bool IsCased(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        || UpperOf(rune) != rune || LowerOf(rune) != rune;

    private static bool IsIgnorable(Rune rune) => rune.Value is '\'' or '.' or ':' or '^' or '`' or 0xB7 or 0x2018 or 0x2019 or 0x2024 or 0x2027
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierLetter
            or UnicodeCategory.ModifierSymbol;
}
