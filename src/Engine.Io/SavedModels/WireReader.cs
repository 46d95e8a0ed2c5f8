using System.Text;

namespace Engine.Io.SavedModels;

/// <summary>Walks the fields of a message in protobuf's wire format, without making objects: contents that nobody asks for are not touched.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> rest = message;

    /// <summary>The number of the field.</summary>
    internal int Field { get; private set; }

    /// <summary>The content of a string, bytes or message field; empty for numbers.</summary>
    internal ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Whether the field is written with a length: a string, bytes, a message or packed numbers.</summary>
    internal bool HasLength { get; private set; }

    /// <summary>The field with its tag, as it is written.</summary>
    internal ReadOnlySpan<byte> Whole { get; private set; }

    /// <summary>The number of a field that is written as one.</summary>
    internal ulong Number { get; private set; }

    /// <summary>The content as text.</summary>
    internal readonly string Text => Encoding.UTF8.GetString(Content);

    /// <summary>Moves to the next field.</summary>
    /// <exception cref="EngineException">DATA_LOSS when the bytes are no message.</exception>
    internal bool Read()
    {
        if (rest.IsEmpty)
            return false;
        var start = rest;
        var tag = Varint();
        Field = tag >> 3 is > 0 and <= int.MaxValue and var field ? (int)field : throw Damaged();
        Content = default;
        HasLength = (tag & 7) == 2;
        switch (tag & 7)
        {
            case 0:
                Number = Varint();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                Content = Take(Varint());
                break;
            case 5:
                Take(4);
                break;
            default:
                throw Damaged();
        }
        Whole = start[..^rest.Length];
        return true;
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)rest.Length)
            throw Damaged();
        var taken = rest[..(int)count];
        rest = rest[(int)count..];
        return taken;
    }

    private ulong Varint()
    {
        var value = 0UL;
        for (var i = 0; i < 10 && i < rest.Length; i++)
        {
            value |= (ulong)(rest[i] & 0x7f) << (7 * i);
            if (rest[i] < 0x80)
            {
                rest = rest[(i + 1)..];
                return value;
            }
        }
        throw Damaged();
    }

    private static EngineException Damaged() => EngineException.DataLoss("Error parsing message");
}
