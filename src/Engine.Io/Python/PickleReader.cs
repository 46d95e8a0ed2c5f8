using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using Engine.Io.Numpy;

namespace Engine.Io.Python;

/// <summary>
/// Reads pickles of plain data, protocols 0 to 5: numbers, text, bytes, lists, tuples, sets, dictionaries and numpy arrays of them. What a pickle names
/// is looked up in a short list of constructors for those; anything else is refused, so that nothing a file says is ever run.
/// </summary>
internal sealed class PickleReader
{
    private const int MaxDepth = 200;

    private readonly byte[] data;
    private readonly Stack<List<object?>> marks = [];
    private readonly Dictionary<long, object?> memo = [];
    private List<object?> stack = [];
    private int at;

    private PickleReader(byte[] data) => this.data = data;

    /// <summary>Reads a pickle.</summary>
    /// <exception cref="PythonException">UnpicklingError for damaged data and for what is no plain data.</exception>
    internal static object? Read(byte[] data)
    {
        try
        {
            var reader = new PickleReader(data);
            return PickledObject.Resolve(reader.Run(), MaxDepth);
        }
        catch (Exception e) when (e is InvalidCastException or FormatException or OverflowException or ArgumentException or InvalidOperationException
            || (e is EngineException && e is not PythonException { Type: "_pickle.UnpicklingError" }))
        {
            throw Bad($"pickle data is damaged: {e.Message}");
        }
    }

    private object? Run()
    {
        while (true)
        {
            var op = (char)Byte();
            switch (op)
            {
                case '.':
                    return Pop();
                case '\x80':
                    Byte();
                    break;
                case '\x95':
                    Take(8);
                    break;
                case '(':
                    marks.Push(stack);
                    stack = [];
                    break;
                case '0':
                    Pop();
                    break;
                case '1':
                    PopMark();
                    break;
                case '2':
                    stack.Add(stack[^1]);
                    break;
                default:
                    if (!Scalar(op) && !Container(op) && !Memo(op) && !Object(op))
                        throw Bad($"pickles with '\\x{(int)op:x2}' cannot be read");
                    break;
            }
        }
    }

    private bool Scalar(char op)
    {
        object? value;
        switch (op)
        {
            case 'N':
                value = null;
                break;
            case '\x88':
                value = true;
                break;
            case '\x89':
                value = false;
                break;
            case 'I':
                var line = Line();
                value = line switch { "00" => false, "01" => true, _ => BigInteger.Parse(line, CultureInfo.InvariantCulture) };
                break;
            case 'L':
                value = BigInteger.Parse(Line().TrimEnd('L'), CultureInfo.InvariantCulture);
                break;
            case 'J':
                value = (BigInteger)BinaryPrimitives.ReadInt32LittleEndian(Take(4));
                break;
            case 'K':
                value = (BigInteger)Byte();
                break;
            case 'M':
                value = (BigInteger)BinaryPrimitives.ReadUInt16LittleEndian(Take(2));
                break;
            case '\x8a':
                value = new BigInteger(Take(Byte()));
                break;
            case '\x8b':
                value = new BigInteger(Take(Length(4)));
                break;
            case 'F':
                value = double.Parse(Line(), NumberStyles.Float, CultureInfo.InvariantCulture);
                break;
            case 'G':
                value = BinaryPrimitives.ReadDoubleBigEndian(Take(8));
                break;
            case 'S':
                var quoted = Line();
                var start = 0;
                value = PythonString.Read(quoted, ref start, isBytes: false, isRaw: false);
                break;
            case 'V':
                value = RawUnicode(Line());
                break;
            case 'U':
                value = Encoding.Latin1.GetString(Take(Byte()));
                break;
            case 'T':
                value = Encoding.Latin1.GetString(Take(Length(4)));
                break;
            case 'X':
                value = Text(Take(Length(4)));
                break;
            case '\x8c':
                value = Text(Take(Byte()));
                break;
            case '\x8d':
                value = Text(Take(Length(8)));
                break;
            case 'C':
                value = Take(Byte()).ToArray();
                break;
            case 'B':
                value = Take(Length(4)).ToArray();
                break;
            case '\x8e' or '\x96':
                value = Take(Length(8)).ToArray();
                break;
            default:
                return false;
        }
        stack.Add(value);
        return true;
    }

    private bool Container(char op)
    {
        switch (op)
        {
            case ']':
                stack.Add(new List<object?>());
                break;
            case ')':
                stack.Add(new PythonTuple([]));
                break;
            case '}':
                stack.Add(new PythonDict());
                break;
            case '\x8f':
                stack.Add(new PythonSet(new List<object?>()));
                break;
            case 'l':
                var list = PopMark();
                stack.Add(list);
                break;
            case 't':
                var tuple = PopMark();
                stack.Add(new PythonTuple(tuple));
                break;
            case 'd':
                var dict = new PythonDict();
                var entries = PopMark();
                SetItems(dict, entries);
                stack.Add(dict);
                break;
            case '\x91':
                var frozen = PopMark();
                stack.Add(new PythonSet(frozen));
                break;
            case '\x85' or '\x86' or '\x87':
                var count = op - '\x84';
                if (stack.Count < count)
                    throw Bad("the stack is too small");
                var items = stack[^count..];
                stack.RemoveRange(stack.Count - count, count);
                stack.Add(new PythonTuple(items));
                break;
            case 'a':
                var item = Pop();
                Target<List<object?>>().Add(item);
                break;
            case 'e':
                var more = PopMark();
                Target<List<object?>>().AddRange(more);
                break;
            case '\x90':
                var members = PopMark();
                ((List<object?>)Target<PythonSet>().Items).AddRange(members);
                break;
            case 's':
                var value = Pop();
                var key = Pop();
                SetItems(Target<PythonDict>(), [key, value]);
                break;
            case 'u':
                var pairs = PopMark();
                SetItems(Target<PythonDict>(), pairs);
                break;
            default:
                return false;
        }
        return true;
    }

    private bool Memo(char op)
    {
        switch (op)
        {
            case 'p':
                memo[long.Parse(Line(), CultureInfo.InvariantCulture)] = stack[^1];
                break;
            case 'q':
                memo[Byte()] = stack[^1];
                break;
            case 'r':
                memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = stack[^1];
                break;
            case '\x94':
                memo[memo.Count] = stack[^1];
                break;
            case 'g':
                Recall(long.Parse(Line(), CultureInfo.InvariantCulture));
                break;
            case 'h':
                Recall(Byte());
                break;
            case 'j':
                Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)));
                break;
            default:
                return false;
        }
        return true;
    }

    private bool Object(char op)
    {
        switch (op)
        {
            case 'c':
                var module = Line();
                stack.Add(PickledObject.Global(module, Line()));
                break;
            case '\x93':
                var name = Pop<string>();
                stack.Add(PickledObject.Global(Pop<string>(), name));
                break;
            case 'R' or '\x81':
                var arguments = Pop<PythonTuple>().Items;
                stack.Add(Pop<PickledObject>().Call(arguments));
                break;
            case 'b':
                var state = Pop();
                Target<PickledObject>().Build(state);
                break;
            case '\x98':
                // Marks a buffer as read-only.
                break;
            default:
                return false;
        }
        return true;
    }

    private static void SetItems(PythonDict dict, List<object?> pairs)
    {
        if (pairs.Count % 2 != 0)
            throw Bad("an odd number of items for a dictionary");
        for (var i = 0; i < pairs.Count; i += 2)
            dict[PythonLiterals.Hashable(PickledObject.Resolve(pairs[i], MaxDepth))] = pairs[i + 1];
    }

    private void Recall(long index) => stack.Add(memo.TryGetValue(index, out var value) ? value : throw Bad($"memo value not found at index {index}"));

    private T Target<T>() where T : class => stack.Count > 0 && stack[^1] is T target ? target : throw Bad("the stack holds something else");

    private T Pop<T>() where T : class => Pop() as T ?? throw Bad("the stack holds something else");

    private object? Pop()
    {
        if (stack.Count == 0)
            throw Bad("the stack is empty");
        var top = stack[^1];
        stack.RemoveAt(stack.Count - 1);
        return top;
    }

    private List<object?> PopMark()
    {
        var items = stack;
        stack = marks.TryPop(out var below) ? below : throw Bad("there is no mark");
        return items;
    }

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > data.Length - at)
            throw Bad("pickle data was truncated");
        at += count;
        return data.AsSpan(at - count, count);
    }

    private int Length(int bytes)
    {
        var length = bytes == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(Take(4)) : BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
        return length <= int.MaxValue ? (int)length : throw Bad("pickle data was truncated");
    }

    private string Line()
    {
        var end = Array.IndexOf(data, (byte)'\n', at);
        if (end < 0)
            throw Bad("pickle data was truncated");
        return Text(Take(end + 1 - at)[..^1]);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private static string RawUnicode(string line)
    {
        var text = new StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\' && i + 5 < line.Length && line[i + 1] == 'u')
            {
                text.Append((char)ushort.Parse(line.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 5;
                continue;
            }
            text.Append(line[i]);
        }
        return text.ToString();
    }

    internal static PythonException Bad(string text) => new("_pickle.UnpicklingError", text);
}
