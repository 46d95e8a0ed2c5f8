using System.Globalization;

namespace Engine.Io.Numpy;

/// <summary>Takes Python literals from text: strings, names, tuples of integers. Throws <see cref="FormatException"/> for other text.</summary>
internal ref struct PythonLiteral(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> rest = text;

    internal bool TryTake(char mark)
    {
        rest = rest.TrimStart();
        if (rest.IsEmpty || rest[0] != mark)
            return false;
        rest = rest[1..];
        return true;
    }

    internal void Take(char mark)
    {
        if (!TryTake(mark))
            throw new FormatException($"'{mark}' expected in the header");
    }

    internal string TakeString()
    {
        // Python 2 wrote u'...' and b'...' at times.
        if (TryTake('u') || TryTake('b'))
            rest = rest.TrimStart();
        var quote = TryTake('\'') ? '\'' : '"';
        if (quote == '"')
            Take('"');
        var end = rest.IndexOf(quote);
        if (end < 0 || rest[..end].Contains('\\'))
            throw new FormatException("a string in the header does not end");
        var value = rest[..end].ToString();
        rest = rest[(end + 1)..];
        return value;
    }

    internal string TakeName()
    {
        rest = rest.TrimStart();
        var length = 0;
        while (length < rest.Length && char.IsAsciiLetter(rest[length]))
            length++;
        var name = rest[..length].ToString();
        rest = rest[length..];
        return name;
    }

    internal long[] TakeIntegers()
    {
        var values = new List<long>();
        Take('(');
        while (!TryTake(')'))
        {
            rest = rest.TrimStart();
            var length = 0;
            while (length < rest.Length && (char.IsAsciiDigit(rest[length]) || (length == 0 && rest[0] == '-')))
                length++;
            if (!long.TryParse(rest[..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
                throw new FormatException("a dimension in the header is no number");
            values.Add(value);
            rest = rest[length..];
            // Python 2's long integers end in L.
            TryTake('L');
            if (!TryTake(','))
            {
                Take(')');
                break;
            }
        }
        return [.. values];
    }

    internal readonly void End()
    {
        if (!rest.Trim().IsEmpty)
            throw new FormatException("the header goes on after its dictionary");
    }
}
