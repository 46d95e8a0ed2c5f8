using System.Buffers;
using System.Text;

namespace Engine.Io.Text;

/// <summary>Splits protobuf text into names, numbers, strings and punctuation.</summary>
internal ref struct TextScanner
{
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);
    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-"u8);

    private readonly ReadOnlySpan<byte> text;
    private readonly string file;
    private int at;

    internal TextScanner(ReadOnlySpan<byte> text, string file)
    {
        this.text = text;
        this.file = file;
        at = text.StartsWith("\ufeff"u8) ? 3 : 0;
    }

    /// <summary>Whether only blanks and comments are left.</summary>
    internal bool AtEnd
    {
        get
        {
            SkipBlanks();
            return at == text.Length;
        }
    }

    /// <summary>The next byte that is no blank, 0 at the end.</summary>
    internal byte Next => AtEnd ? (byte)0 : text[at];

    /// <summary>Takes the punctuation mark if it is next.</summary>
    internal bool TryTake(char mark)
    {
        if (Next != mark || at == text.Length)
            return false;
        at++;
        return true;
    }

    /// <summary>Takes the punctuation mark.</summary>
    internal void Take(char mark)
    {
        if (!TryTake(mark))
            throw Error($"expected '{mark}', found {Found()}");
    }

    /// <summary>Takes a name.</summary>
    internal string TakeName()
    {
        var first = Next;
        if (!char.IsAsciiLetter((char)first) && first != '_')
            throw Error($"expected a name, found {Found()}");
        return Encoding.ASCII.GetString(TakeRun(NameBytes));
    }

    /// <summary>Takes a number or a name that stands for one; a minus may stand apart.</summary>
    internal string TakeNumber()
    {
        var sign = TryTake('-') ? "-" : "";
        SkipBlanks();
        var run = TakeRun(NumberBytes);
        if (run.IsEmpty)
            throw Error($"expected a value, found {Found()}");
        return sign + Encoding.ASCII.GetString(run);
    }

    /// <summary>Takes what stands between brackets, of which the first is taken already.</summary>
    internal string TakeUntil(char close)
    {
        var length = text[at..].IndexOf((byte)close);
        if (length < 0)
            throw Error($"'{close}' is missing");
        var inside = Encoding.UTF8.GetString(text.Slice(at, length)).Trim();
        at += length + 1;
        return inside;
    }

    /// <summary>Takes one or more adjacent strings.</summary>
    internal byte[] TakeString()
    {
        if (Next is not ((byte)'"' or (byte)'\''))
            throw Error($"expected a string, found {Found()}");
        var bytes = new ArrayBufferWriter<byte>();
        do
        {
            var quote = text[at++];
            while (true)
            {
                var length = text[at..].IndexOfAny(quote, (byte)'\\', (byte)'\n');
                if (length < 0 || text[at + length] == '\n')
                    throw Error("the string does not end");
                bytes.Write(text.Slice(at, length));
                at += length + 1;
                if (text[at - 1] == quote)
                    break;
                TakeEscape(bytes);
            }
        }
        while (Next is (byte)'"' or (byte)'\'');
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>DATA_LOSS at the current place.</summary>
    internal readonly InvalidModelException Error(string message)
    {
        var before = text[..Math.Min(at, text.Length)];
        var line = before.Count((byte)'\n') + 1;
        var column = before.Length - before.LastIndexOf((byte)'\n');
        return new(StatusCode.DataLoss, file, $"line {line}, column {column}: {message}.", at);
    }

    private void TakeEscape(ArrayBufferWriter<byte> bytes)
    {
        if (at == text.Length)
            throw Error("the string does not end");
        var c = (char)text[at++];
        switch (c)
        {
            case 'n':
                Append(bytes, (byte)'\n');
                break;
            case 'r':
                Append(bytes, (byte)'\r');
                break;
            case 't':
                Append(bytes, (byte)'\t');
                break;
            case 'a':
                Append(bytes, 7);
                break;
            case 'b':
                Append(bytes, 8);
                break;
            case 'v':
                Append(bytes, 11);
                break;
            case 'f':
                Append(bytes, 12);
                break;
            case '\\' or '\'' or '"' or '?':
                Append(bytes, (byte)c);
                break;
            case >= '0' and <= '7':
                at--;
                var octal = TakeDigits(8, 1, 3);
                if (octal > 255)
                    throw Error("an octal escape is above \\377");
                Append(bytes, (byte)octal);
                break;
            case 'x' or 'X':
                Append(bytes, (byte)TakeDigits(16, 1, 2));
                break;
            case 'u':
                AppendRune(bytes, TakeDigits(16, 4, 4));
                break;
            case 'U':
                AppendRune(bytes, TakeDigits(16, 8, 8));
                break;
            default:
                throw Error($"there is no escape '\\{c}'");
        }
    }

    private uint TakeDigits(uint radix, int least, int most)
    {
        var value = 0u;
        var count = 0;
        for (; count < most && at < text.Length && char.IsAsciiHexDigit((char)text[at]); count++, at++)
        {
            var digit = (uint)Convert.ToInt32(((char)text[at]).ToString(), 16);
            if (digit >= radix)
                break;
            value = value * radix + digit;
        }
        return count >= least ? value : throw Error("an escape lacks digits");
    }

    private readonly void AppendRune(ArrayBufferWriter<byte> bytes, uint value)
    {
        // Two \u escapes may form a pair of surrogates; text of that kind is not written by anyone and is refused.
        if (!Rune.IsValid(value))
            throw Error($"U+{value:X4} is no character");
        var length = new Rune(value).EncodeToUtf8(bytes.GetSpan(4));
        bytes.Advance(length);
    }

    private static void Append(ArrayBufferWriter<byte> bytes, byte value)
    {
        bytes.GetSpan(1)[0] = value;
        bytes.Advance(1);
    }

    private ReadOnlySpan<byte> TakeRun(SearchValues<byte> allowed)
    {
        var rest = text[at..];
        var length = rest.IndexOfAnyExcept(allowed);
        var run = length < 0 ? rest : rest[..length];
        at += run.Length;
        return run;
    }

    private void SkipBlanks()
    {
        while (at < text.Length)
        {
            if (text[at] is (byte)' ' or >= 9 and <= 13)
            {
                at++;
            }
            else if (text[at] == '#')
            {
                var end = text[at..].IndexOf((byte)'\n');
                at = end < 0 ? text.Length : at + end + 1;
            }
            else
            {
                return;
            }
        }
    }

    private string Found() => AtEnd ? "the end" : text[at] is > 32 and < 127 ? $"'{(char)text[at]}'" : $"byte 0x{text[at]:x2}";
}
