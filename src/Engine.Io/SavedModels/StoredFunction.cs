using System.Text;
using Engine.Graphs;
using Engine.Io.Graphs;

namespace Engine.Io.SavedModels;

/// <summary>A function as its message, checked but not read.</summary>
internal sealed class StoredFunction : FunctionSource
{
    private const int Signature = 1, Node = 3;

    private readonly ReadOnlyMemory<byte> message;

    private StoredFunction(string name, ReadOnlyMemory<byte> message)
    {
        Name = name;
        this.message = message;
    }

    public override string Name { get; }

    /// <summary>The function; null when reading it would fail, or when <see cref="GraphValidation"/> would refuse it: then the whole file is read to say so.</summary>
    /// <exception cref="EngineException">DATA_LOSS for what is no message.</exception>
    internal static StoredFunction? Of(ReadOnlyMemory<byte> message)
    {
        if (!WireCheck.IsSound(message.Span, WireSchema.FunctionDef))
            return null;
        ReadOnlySpan<byte> name = default;
        var reader = new WireReader(message.Span);
        while (reader.Read())
        {
            if (reader.Field == Signature && reader.HasLength)
                name = Find(reader.Content, 1);
        }
        reader = new(message.Span);
        while (reader.Read())
        {
            if (reader.Field == Node && reader.HasLength && !IsAllowed(reader.Content, name))
                return null;
        }
        return name.IsEmpty ? null : new(Encoding.UTF8.GetString(name), message);
    }

    public override FunctionDefinition Read() => GraphImporter.Import(Protos.FunctionDef.Parser.ParseFrom(message.Span));

    public override bool MayHave(string op) => message.Span.IndexOf(Encoding.UTF8.GetBytes(op)) >= 0;

    private static bool IsAllowed(ReadOnlySpan<byte> node, ReadOnlySpan<byte> function)
    {
        const int nodeOp = 2, attr = 5, key = 1, value = 2, tensor = 8;
        var op = Find(node, nodeOp);
        var hasValue = false;
        var reader = new WireReader(node);
        while (reader.Read())
        {
            if (reader.Field != attr || !reader.HasLength || !Find(reader.Content, key).SequenceEqual("value"u8))
                continue;
            hasValue = true;
            if (!IsPossible(Find(Find(Find(reader.Content, value), tensor), 2)))
                return false;
        }
        return !op.SequenceEqual(function) && (hasValue || !op.SequenceEqual("Const"u8));
    }

    private static bool IsPossible(ReadOnlySpan<byte> shape)
    {
        const int dim = 2, size = 1;
        var count = 1L;
        var reader = new WireReader(shape);
        while (reader.Read())
        {
            if (reader.Field != dim || !reader.HasLength)
                continue;
            var length = 0L;
            var inner = new WireReader(reader.Content);
            while (inner.Read())
            {
                if (inner.Field == size && !inner.HasLength)
                    length = (long)inner.Number;
            }
            if (length < 0 || (length > 0 && count > long.MaxValue / length))
                return false;
            count *= length;
        }
        return true;
    }

    // Of a field that is there several times the last one counts.
    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> message, int field)
    {
        ReadOnlySpan<byte> found = default;
        var reader = new WireReader(message);
        while (reader.Read())
        {
            if (reader.Field == field && reader.HasLength)
                found = reader.Content;
        }
        return found;
    }
}
