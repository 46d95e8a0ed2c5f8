using System.Text;
using Engine.Ops.Lookups;

namespace Engine.Ops.Parsing;

/// <summary>
/// A <c>tf.SequenceExample</c> read by protobuf's rules: parts that come twice are merged, of map entries with one key the last counts, what is not known is
/// passed. A feature of no kind is null.
/// </summary>
internal sealed class SequenceMessage
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    internal Dictionary<byte[], FeatureValues?> Context { get; } = new(ByteStringComparer.Instance);

    internal Dictionary<byte[], List<FeatureValues?>> Lists { get; } = new(ByteStringComparer.Instance);

    /// <summary>Parses a message; null for what is none.</summary>
    internal static SequenceMessage? TryParse(byte[] bytes)
    {
        var message = new SequenceMessage();
        var fields = new WireReader(bytes, 0, bytes.Length);
        while (!fields.IsAtEnd)
        {
            if (!fields.TryField(out var field, out var part))
                return null;
            var isRead = field switch { 1 => message.TryReadContext(part), 2 => message.TryReadLists(part), _ => true };
            if (!isRead)
                return null;
        }
        return message;
    }

    private bool TryReadContext(WireReader map)
    {
        while (!map.IsAtEnd)
        {
            if (!map.TryField(out var field, out var entry))
                return false;
            if (field != 1)
                continue;
            FeatureValues? feature = null;
            if (!TryReadEntry(entry, out var key, value => TryReadFeature(value, ref feature)))
                return false;
            Context[key] = feature;
        }
        return true;
    }

    private bool TryReadLists(WireReader map)
    {
        while (!map.IsAtEnd)
        {
            if (!map.TryField(out var field, out var entry))
                return false;
            if (field != 1)
                continue;
            var rows = new List<FeatureValues?>();
            if (!TryReadEntry(entry, out var key, value => TryReadRows(value, rows)))
                return false;
            Lists[key] = rows;
        }
        return true;
    }

    private static bool TryReadEntry(WireReader entry, out byte[] key, Func<WireReader, bool> readValue)
    {
        key = [];
        while (!entry.IsAtEnd)
        {
            if (!entry.TryField(out var field, out var part))
                return false;
            if (field == 1)
                key = part.Span.ToArray();
            else if (field == 2 && !readValue(part))
                return false;
        }
        return IsUtf8(key);
    }

    private static bool TryReadRows(WireReader list, List<FeatureValues?> rows)
    {
        while (!list.IsAtEnd)
        {
            if (!list.TryField(out var field, out var part))
                return false;
            if (field != 1)
                continue;
            FeatureValues? row = null;
            if (!TryReadFeature(part, ref row))
                return false;
            rows.Add(row);
        }
        return true;
    }

    private static bool TryReadFeature(WireReader feature, ref FeatureValues? values)
    {
        while (!feature.IsAtEnd)
        {
            if (!feature.TryField(out var field, out var list))
                return false;
            if (field is < 1 or > 3)
                continue;
            // Another kind replaces what was read, the same one goes on.
            var type = field switch { 1 => DType.String, 2 => DType.Float32, _ => DType.Int64 };
            if (values?.Type != type)
                values = new(type);
            if (!TryReadValues(list, values))
                return false;
        }
        return true;
    }

    private static bool TryReadValues(WireReader list, FeatureValues values)
    {
        while (!list.IsAtEnd)
        {
            const byte Varint = 1 << 3, Fixed32 = 1 << 3 | 5;
            if (values.Type == DType.Int64 && list.TryTag(Varint))
            {
                if (!list.TryVarint(out var value))
                    return false;
                values.Integers.Add((long)value);
            }
            else if (values.Type == DType.Float32 && list.TryTag(Fixed32))
            {
                if (!list.TryFloat(out var value))
                    return false;
                values.Floats.Add(value);
            }
            else if (!list.TryField(out var field, out var part) || (field == 1 && !TryReadPacked(part, values)))
            {
                return false;
            }
        }
        return true;
    }

    private static bool TryReadPacked(WireReader part, FeatureValues values)
    {
        if (values.Type == DType.String)
        {
            values.Strings.Add(part.Span.ToArray());
            return true;
        }
        while (!part.IsAtEnd)
        {
            if (values.Type == DType.Int64)
            {
                if (!part.TryVarint(out var value))
                    return false;
                values.Integers.Add((long)value);
            }
            else
            {
                if (!part.TryFloat(out var value))
                    return false;
                values.Floats.Add(value);
            }
        }
        return true;
    }

    private static bool IsUtf8(byte[] bytes)
    {
        try
        {
            StrictUtf8.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
