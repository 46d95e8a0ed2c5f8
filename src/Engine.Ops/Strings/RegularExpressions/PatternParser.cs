using System.Text;

namespace Engine.Ops.Strings.RegularExpressions;

/// <summary>Reads RE2's syntax (Perl flavour, UTF-8): no back references, no look-around.</summary>
internal sealed class PatternParser
{
    private const int MaxRepeat = 1000;
    private const int MaxDepth = 1000;

    private readonly int[] text;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private int at;
    private int depth;
    private bool ignoreCase;
    private bool multiLine;
    private bool dotAll;
    private bool swapLazy;

    private PatternParser(int[] text) => this.text = text;

    private int GroupCount { get; set; }

    private bool IsAtEnd => at >= text.Length;

    /// <summary>The pattern as a tree, and the number of its capturing groups.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for what RE2 does not accept.</exception>
    internal static (Syntax Root, int Groups) Parse(byte[] pattern)
    {
        var points = new List<int>();
        for (var i = 0; i < pattern.Length;)
        {
            var (c, length) = Utf8Decoder.Decode(pattern, i);
            if (c is < 0 or (>= 0xD800 and < 0xE000))
                throw Error("invalid UTF-8");
            points.Add(c);
            i += length;
        }
        var parser = new PatternParser([.. points]);
        var root = parser.ParseAlternatives();
        if (!parser.IsAtEnd)
            throw Error("unexpected ): " + Encoding.UTF8.GetString(pattern));
        return (root, parser.GroupCount);
    }

    private static EngineException Error(string message) => EngineException.InvalidArgument("Invalid pattern, error: " + message);

    private Syntax ParseAlternatives()
    {
        var items = new List<Syntax> { ParseSequence() };
        while (!IsAtEnd && text[at] == '|')
        {
            at++;
            items.Add(ParseSequence());
        }
        return items.Count == 1 ? items[0] : new Syntax.Alternatives(items);
    }

    private Syntax ParseSequence()
    {
        var items = new List<Syntax>();
        var isRepeated = false;
        var canRepeat = false;
        while (!IsAtEnd && text[at] is not ('|' or ')'))
        {
            if (TryRepetition(out var min, out var max))
            {
                if (!canRepeat)
                    throw Error("no argument for repetition operator");
                if (isRepeated)
                    throw Error("bad repetition operator");
                var isLazy = swapLazy;
                if (!IsAtEnd && text[at] == '?')
                {
                    at++;
                    isLazy = !isLazy;
                }
                if (max > MaxRepeat || min > MaxRepeat || (max >= 0 && min > max))
                    throw Error("invalid repetition size");
                var repeat = new Syntax.Repeat(items[^1], min, max, isLazy);
                if (Math.Max(min, max) > 1 && repeat.Repetitions > MaxRepeat)
                    throw Error("invalid repetition size");
                items[^1] = repeat;
                isRepeated = true;
                continue;
            }
            isRepeated = false;
            var count = items.Count;
            ParseItem(items);
            canRepeat = items.Count > count || (canRepeat && count > 0);
        }
        return items.Count switch { 0 => new Syntax.Empty(), 1 => items[0], _ => new Syntax.Sequence(items) };
    }

    private bool TryRepetition(out int min, out int max)
    {
        (min, max) = text[at] switch { '*' => (0, -1), '+' => (1, -1), '?' => (0, 1), _ => (-1, -1) };
        if (min >= 0)
        {
            at++;
            return true;
        }
        if (text[at] != '{')
            return false;
        // What does not look like {n}, {n,} or {n,m} is literal text.
        var i = at + 1;
        if (!TryNumber(ref i, out min))
            return false;
        max = min;
        if (i < text.Length && text[i] == ',')
        {
            i++;
            if (i < text.Length && text[i] == '}')
                max = -1;
            else if (!TryNumber(ref i, out max))
                return false;
        }
        if (i >= text.Length || text[i] != '}')
            return false;
        at = i + 1;
        return true;
    }

    private bool TryNumber(ref int i, out int value)
    {
        var start = i;
        value = 0;
        for (; i < text.Length && text[i] is >= '0' and <= '9'; i++)
            value = Math.Min(value * 10 + text[i] - '0', 100_000);
        return i > start && (text[start] != '0' || i == start + 1);
    }

    private void ParseItem(List<Syntax> items)
    {
        var c = text[at++];
        switch (c)
        {
            case '(':
                ParseGroup(items);
                break;
            case '[':
                items.Add(new Syntax.Set(ParseClass()));
                break;
            case '.':
                items.Add(new Syntax.Set(dotAll ? CodePointSet.Of((0, CodePointSet.Max)) : CodePointSet.Of(('\n', '\n')).Negate()));
                break;
            case '^':
                items.Add(new Syntax.Position(multiLine ? Assertion.LineStart : Assertion.TextStart));
                break;
            case '$':
                items.Add(new Syntax.Position(multiLine ? Assertion.LineEnd : Assertion.TextEnd));
                break;
            case '\\':
                ParseBackslash(items);
                break;
            default:
                items.Add(Literal(c));
                break;
        }
    }

    private Syntax.Set Literal(int c)
    {
        var set = CodePointSet.Of((c, c));
        return new(ignoreCase ? CaseFolding.Fold(set) : set);
    }

    private void ParseBackslash(List<Syntax> items)
    {
        if (IsAtEnd)
            throw Error("trailing \\ at end of regular expression");
        var c = text[at];
        switch (c)
        {
            case 'A': items.Add(new Syntax.Position(Assertion.TextStart)); break;
            case 'z': items.Add(new Syntax.Position(Assertion.TextEnd)); break;
            case 'b': items.Add(new Syntax.Position(Assertion.WordBoundary)); break;
            case 'B': items.Add(new Syntax.Position(Assertion.NoWordBoundary)); break;
            case 'C': items.Add(new Syntax.AnyByte()); break;
            case 'Q':
                at++;
                while (!IsAtEnd && !(text[at] == '\\' && at + 1 < text.Length && text[at + 1] == 'E'))
                    items.Add(Literal(text[at++]));
                at = Math.Min(at + 2, text.Length);
                return;
            case 'p' or 'P':
                items.Add(new Syntax.Set(ParseNamedClass()));
                return;
            default:
                if (CharacterClasses.Perl(c) is { } set)
                {
                    items.Add(new Syntax.Set(set));
                    break;
                }
                items.Add(Literal(ParseEscape()));
                return;
        }
        at++;
    }

    /// <summary>The code point that an escape sequence stands for; the backslash is behind.</summary>
    private int ParseEscape()
    {
        if (IsAtEnd)
            throw Error("trailing \\ at end of regular expression");
        var c = text[at++];
        switch (c)
        {
            case >= '1' and <= '7' when IsAtEnd || text[at] is not (>= '0' and <= '7'):
                throw Error($"invalid escape sequence: \\{(char)c}");
            case >= '0' and <= '7':
                var octal = c - '0';
                for (var i = 0; i < 2 && !IsAtEnd && text[at] is >= '0' and <= '7'; i++)
                    octal = octal * 8 + text[at++] - '0';
                return octal;
            case 'x':
                return ParseHexadecimal();
            case 'a': return 7;
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'v': return '\v';
            default:
                if (c < 128 && c != '_' && !char.IsAsciiLetterOrDigit((char)c))
                    return c;
                throw Error($"invalid escape sequence: \\{char.ConvertFromUtf32(c)}");
        }
    }

    private int ParseHexadecimal()
    {
        var isBraced = !IsAtEnd && text[at] == '{';
        if (isBraced)
            at++;
        var (value, digits) = (0, 0);
        while (!IsAtEnd && text[at] < 128 && char.IsAsciiHexDigit((char)text[at]) && (isBraced || digits < 2))
        {
            value = value * 16 + Convert.ToInt32(((char)text[at++]).ToString(), 16);
            digits++;
            if (value > CodePointSet.Max)
                throw Error("invalid escape sequence: \\x");
        }
        if (isBraced ? digits == 0 || IsAtEnd || text[at++] != '}' : digits != 2)
            throw Error("invalid escape sequence: \\x");
        return value;
    }

    /// <summary>The class of <c>pN</c>, <c>p{Name}</c>, <c>p{^Name}</c> or the same with P; the backslash is behind.</summary>
    private CodePointSet ParseNamedClass()
    {
        var isNegated = text[at++] == 'P';
        if (IsAtEnd)
            throw Error("invalid character class range: \\p");
        var name = char.ConvertFromUtf32(text[at++]);
        if (name == "{")
        {
            var end = Array.IndexOf(text, '}', at);
            if (end < 0)
                throw Error("invalid character class range: \\p{");
            name = string.Concat(text[at..end].Select(char.ConvertFromUtf32));
            at = end + 1;
            if (name.StartsWith('^'))
            {
                isNegated = !isNegated;
                name = name[1..];
            }
        }
        var set = CharacterClasses.Named(name) ?? throw Error($"invalid character class range: \\p{{{name}}}");
        if (ignoreCase)
            set = CaseFolding.Fold(set);
        return isNegated ? set.Negate() : set;
    }

    private CodePointSet ParseClass()
    {
        var isNegated = !IsAtEnd && text[at] == '^';
        if (isNegated)
            at++;
        var ranges = new List<(int, int)>();
        for (var isFirst = true; ; isFirst = false)
        {
            if (IsAtEnd)
                throw Error("missing ]");
            if (text[at] == ']' && !isFirst)
                break;
            if (TryNamedInClass() is { } named)
            {
                ranges.AddRange(named.Ranges);
                continue;
            }
            var low = ParseMember();
            var high = low;
            if (at + 1 < text.Length && text[at] == '-' && text[at + 1] != ']')
            {
                at++;
                high = ParseMember();
                if (high < low)
                    throw Error("invalid character class range");
            }
            ranges.Add((low, high));
        }
        at++;
        var set = CodePointSet.Of(ranges);
        if (ignoreCase)
            set = CaseFolding.Fold(set);
        return isNegated ? set.Negate() : set;
    }

    private CodePointSet? TryNamedInClass()
    {
        if (text[at] == '\\' && at + 1 < text.Length)
        {
            if (text[at + 1] is 'p' or 'P')
            {
                at++;
                return ParseNamedClass();
            }
            if (CharacterClasses.Perl(text[at + 1]) is { } set)
            {
                at += 2;
                return set;
            }
            return null;
        }
        if (text[at] != '[' || at + 2 >= text.Length || text[at + 1] != ':')
            return null;
        var end = at + 2;
        while (end + 1 < text.Length && !(text[end] == ':' && text[end + 1] == ']'))
            end++;
        if (end + 1 >= text.Length)
            return null;
        var name = string.Concat(text[(at + 2)..end].Select(char.ConvertFromUtf32));
        var isNegated = name.StartsWith('^');
        var posix = CharacterClasses.Posix(isNegated ? name[1..] : name) ?? throw Error($"invalid character class range: [:{name}:]");
        at = end + 2;
        return isNegated ? posix.Negate() : posix;
    }

    private int ParseMember()
    {
        if (IsAtEnd)
            throw Error("missing ]");
        var c = text[at++];
        return c == '\\' ? ParseEscape() : c;
    }

    private void ParseGroup(List<Syntax> items)
    {
        if (++depth > MaxDepth)
            throw Error("expression nests too deeply");
        var flags = (ignoreCase, multiLine, dotAll, swapLazy);
        var index = -1;
        if (!IsAtEnd && text[at] == '?')
        {
            at++;
            if (!TryGroupName())
            {
                if (!ParseFlags())
                {
                    // (?i) without a colon holds to the end of the group around it.
                    depth--;
                    return;
                }
            }
            else
            {
                index = ++GroupCount;
            }
        }
        else
        {
            index = ++GroupCount;
        }
        var inner = ParseAlternatives();
        if (IsAtEnd || text[at] != ')')
            throw Error("missing )");
        at++;
        depth--;
        (ignoreCase, multiLine, dotAll, swapLazy) = flags;
        items.Add(index < 0 ? inner : new Syntax.Group(inner, index));
    }

    private bool TryGroupName()
    {
        // Python's spelling alone; (?<name>...) is younger than the RE2 that TensorFlow has.
        if (at + 1 >= text.Length || text[at] != 'P' || text[at + 1] != '<')
            return false;
        at += 2;
        var end = Array.IndexOf(text, '>', at);
        var name = end < 0 ? "" : string.Concat(text[at..end].Select(char.ConvertFromUtf32));
        if (name.Length == 0 || !name.All(c => c == '_' || char.IsAsciiLetterOrDigit(c)))
            throw Error($"invalid named capture group: {name}");
        if (!names.Add(name))
            throw Error($"duplicate capture group name: {name}");
        at = end + 1;
        return true;
    }

    /// <summary>Reads <c>i-m:</c> or <c>i-m)</c>; true when a group follows.</summary>
    private bool ParseFlags()
    {
        var (isOff, hasFlag) = (false, false);
        while (true)
        {
            if (IsAtEnd)
                throw Error("missing )");
            var c = text[at++];
            switch (c)
            {
                case 'i': ignoreCase = !isOff; break;
                case 'm': multiLine = !isOff; break;
                case 's': dotAll = !isOff; break;
                case 'U': swapLazy = !isOff; break;
                case '-' when !isOff:
                    isOff = true;
                    hasFlag = false;
                    continue;
                case ':' or ')' when !isOff || hasFlag:
                    return c == ':';
                default:
                    throw Error("invalid perl operator: (?" + char.ConvertFromUtf32(c));
            }
            hasFlag = true;
        }
    }
}
