using System.Globalization;
using System.Text;

namespace Engine.Ops.Strings;

/// <summary>Decodes text in the encodings that TensorFlow's ICU knows; what is not text becomes one error per bad sequence.</summary>
internal abstract class CharacterEncoding
{
    /// <summary>What stands for a bad sequence among code points.</summary>
    internal const int Error = -1;

    static CharacterEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding of a name; ICU does not care for case and punctuation in names.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for an unknown name.</exception>
    internal static CharacterEncoding Of(string name)
    {
        var key = string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return key switch
        {
            "utf8" or "cp1208" or "ibm1208" => new Utf8(),
            "utf16be" or "utf16bigendian" or "unicodebigunmarked" => new Wide(2, isBig: true, hasMark: false),
            "utf16le" or "utf16littleendian" or "unicodelittleunmarked" => new Wide(2, isBig: false, hasMark: false),
            "utf16" or "unicode" or "ucs2" => new Wide(2, isBig: true, hasMark: true),
            "utf32be" => new Wide(4, isBig: true, hasMark: false),
            "utf32le" => new Wide(4, isBig: false, hasMark: false),
            "utf7" => new Utf7(),
            "utf32" or "ucs4" => new Wide(4, isBig: true, hasMark: true),
            "ascii" or "usascii" or "ascii7" or "iso646us" or "ansix3.41968" or "us" or "646" => new SingleByte(b => b < 0x80 ? b : Error),
            "latin1" or "iso88591" or "l1" or "ibm819" or "cp819" or "88591" => new SingleByte(b => b),
            _ => FromCodePage(key) ?? throw EngineException.InvalidArgument($"Could not create converter for input encoding: {name}"),
        };
    }

    /// <summary>Adds the code points of a text and the byte where each begins.</summary>
    internal abstract void Decode(ReadOnlySpan<byte> text, List<int> points, List<long>? starts);

    private static CharacterEncoding? FromCodePage(string key)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["windows", "cp", "ibm", "ms"])
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(key.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return FromNumber(number);
        }
        if (key.StartsWith("iso8859", StringComparison.Ordinal) && int.TryParse(key.AsSpan(7), NumberStyles.None, CultureInfo.InvariantCulture, out var part))
            return FromNumber(28590 + part);
        return FromNumber(key switch
        {
            "koi8r" or "koi8" or "cskoi8r" => 20866,
            "koi8u" => 21866,
            "macintosh" or "mac" or "macos0210.2" => 10000,
            "tis620" => 874,
            "shiftjis" or "sjis" or "mskanji" => 932,
            "eucjp" => 51932,
            "euckr" or "ksc5601" => 51949,
            "big5" => 950,
            "gbk" or "gb2312" => 936,
            "gb18030" => 54936,
            _ => 0,
        });
    }

    private static CharacterEncoding? FromNumber(int number)
    {
        if (number is <= 0 or > 65535)
            return null;
        try
        {
            var encoding = Encoding.GetEncoding(number, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return encoding.IsSingleByte ? new SingleByte(Table(encoding, number)) : new MultiByte(encoding, number);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static Func<byte, int> Table(Encoding encoding, int number)
    {
        var table = new int[256];
        for (var b = 0; b < 256; b++)
            table[b] = Decode(encoding, [(byte)b]);
        // Where ICU's tables are not .NET's.
        if (number is >= 437 and <= 869)
            (table[0x1A], table[0x1C], table[0x7F]) = (0x1C, 0x7F, 0x1A);
        if (number is 437 or (>= 860 and <= 863) or 865)
            table[0xE6] = 0x3BC;
        if (number == 10000)
            table[0xBD] = 0x3A9;
        if (number == 28597)
            (table[0xA1], table[0xA2], table[0xA4], table[0xA5], table[0xAA]) = (0x2018, 0x2019, 0x20AC, 0x20AF, 0x37A);
        if (number is > 28590 and < 28610)
        {
            foreach (ref var point in table.AsSpan())
                point = IsPrivate(point) ? Error : point;
        }
        return b => table[b];
    }

    private static bool IsPrivate(int point) => point is >= 0xE000 and <= 0xF8FF;

    private static int Decode(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            var text = encoding.GetString(bytes);
            return text.Length > 0 && Rune.TryGetRuneAt(text, 0, out var rune) && rune.Utf16SequenceLength == text.Length ? rune.Value : Error;
        }
        catch (DecoderFallbackException)
        {
            return Error;
        }
    }

    private sealed class Utf8 : CharacterEncoding
    {
        internal override void Decode(ReadOnlySpan<byte> text, List<int> points, List<long>? starts)
        {
            for (var at = 0; at < text.Length;)
            {
                var isValid = Rune.DecodeFromUtf8(text[at..], out var rune, out var length) == System.Buffers.OperationStatus.Done;
                points.Add(isValid ? rune.Value : Error);
                starts?.Add(at);
                at += length;
            }
        }
    }

    /// <summary>UTF-7 (RFC 2152): ASCII, with UTF-16 in base64 between plus and minus.</summary>
    private sealed class Utf7 : CharacterEncoding
    {
        internal override void Decode(ReadOnlySpan<byte> text, List<int> points, List<long>? starts)
        {
            for (var at = 0; at < text.Length;)
            {
                if (text[at] != '+')
                {
                    points.Add(text[at] < 0x80 ? text[at] : Error);
                    starts?.Add(at);
                    at++;
                    continue;
                }
                var begin = at++;
                if (at < text.Length && text[at] == '-')
                {
                    points.Add('+');
                    starts?.Add(begin);
                    at++;
                    continue;
                }
                var units = new StringBuilder();
                var (bits, count) = (0U, 0);
                for (int value; at < text.Length && (value = Base64Value(text[at])) >= 0; at++)
                {
                    bits = (bits << 6) | (uint)value;
                    count += 6;
                    if (count >= 16)
                    {
                        count -= 16;
                        units.Append((char)(bits >> count));
                    }
                }
                foreach (var rune in units.ToString().EnumerateRunes())
                {
                    points.Add(rune == Rune.ReplacementChar ? Error : rune.Value);
                    starts?.Add(begin);
                }
                if (at < text.Length && text[at] == '-')
                    at++;
            }
        }

        private static int Base64Value(byte b) => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".IndexOf((char)b, StringComparison.Ordinal);
    }

    private sealed class SingleByte(Func<byte, int> table) : CharacterEncoding
    {
        internal override void Decode(ReadOnlySpan<byte> text, List<int> points, List<long>? starts)
        {
            for (var at = 0; at < text.Length; at++)
            {
                points.Add(table(text[at]));
                starts?.Add(at);
            }
        }
    }

    private sealed class MultiByte(Encoding encoding, int number) : CharacterEncoding
    {
        internal override void Decode(ReadOnlySpan<byte> text, List<int> points, List<long>? starts)
        {
            for (var at = 0; at < text.Length;)
            {
                var (point, length) = (Error, 1);
                for (var n = 1; n <= 4 && at + n <= text.Length && point == Error; n++)
                {
                    point = Decode(encoding, text.Slice(at, n));
                    length = point == Error ? 1 : n;
                }
                // The EUC encodings let the second block of controls through; Shift JIS has no private characters of one byte.
                if (number > 51000 && length == 1 && text[at] is >= 0x80 and < 0xA0 and not (0x8E or 0x8F))
                    point = text[at];
                else if ((number is 932 or > 51000) && length == 1 && IsPrivate(point))
                    point = Error;
                points.Add(point);
                starts?.Add(at);
                at += length;
            }
        }
    }

    /// <summary>UTF-16 and UTF-32.</summary>
    private sealed class Wide(int unit, bool isBig, bool hasMark) : CharacterEncoding
    {
        internal override void Decode(ReadOnlySpan<byte> text, List<int> points, List<long>? starts)
        {
            var (big, at) = (isBig, 0);
            if (hasMark && text.Length >= unit)
            {
                // A byte order mark decides, and is no text.
                if (Unit(text, 0, true) == 0xFEFF)
                    at = unit;
                else if (Unit(text, 0, false) == 0xFEFF)
                    (big, at) = (false, unit);
            }
            var first = starts?.Count ?? 0;
            var mark = at;
            while (at < text.Length)
            {
                var (point, length) = at + unit > text.Length ? (Error, text.Length - at) : ((int)Math.Min(Unit(text, at, big), int.MaxValue), unit);
                if (unit == 2 && point is >= 0xD800 and < 0xDC00)
                {
                    var low = at + 4 <= text.Length ? (int)Unit(text, at + 2, big) : at + 2 < text.Length ? Error : 0;
                    (point, length) = low is >= 0xDC00 and < 0xE000 ? (0x10000 + ((point - 0xD800) << 10) + low - 0xDC00, 4)
                        : (Error, low == Error ? text.Length - at : 2);
                }
                points.Add(point is >= 0 and <= 0x10FFFF and not (>= 0xD800 and < 0xE000) ? point : Error);
                starts?.Add(at);
                at += length;
            }
            // The mark belongs to the first character.
            if (mark > 0 && starts?.Count > first)
                starts[first] = 0;
        }

        private uint Unit(ReadOnlySpan<byte> text, int at, bool big)
        {
            var value = 0U;
            for (var i = 0; i < unit; i++)
                value = (value << 8) | text[at + (big ? i : unit - 1 - i)];
            return value;
        }
    }
}
