namespace Engine.Graphs;

/// <summary>The attributes of a call that say how TensorFlow would run it. They change no result here, but must be well formed.</summary>
internal static class CallOptions
{
    private const int MaximumDepth = 100;

    /// <summary>Refuses options that cannot be read.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for what is no protobuf message, NOT_FOUND for an unknown executor.</exception>
    internal static void Check(Node call)
    {
        CheckMessage(call, "config");
        CheckMessage(call, "config_proto");
        if (call.Attrs.TryGetValue("executor_type", out var executor) && executor.AsString() is not ("" or "DEFAULT" or "SINGLE_THREADED_EXECUTOR"))
            throw EngineException.NotFound($"No executor factory registered for the given executor type: {executor.AsString()}").At(call.Name, call.Op);
    }

    private static void CheckMessage(Node call, string name)
    {
        if (!call.Attrs.TryGetValue(name, out var option))
            return;
        ReadOnlySpan<byte> bytes = option.AsBytes();
        if (!TrySkipFields(ref bytes, group: 0, depth: 0))
            throw EngineException.InvalidArgument($"Unable to parse {name} string as a protobuf message.").At(call.Name, call.Op);
    }

    /// <summary>Passes fields until the group ends: group 0 ends with the bytes.</summary>
    private static bool TrySkipFields(ref ReadOnlySpan<byte> bytes, ulong group, int depth)
    {
        while (bytes.Length > 0)
        {
            if (!TryVarint(ref bytes, out var tag))
                return false;
            var (field, kind) = ((uint)tag >> 3, tag & 7);
            if (field == 0)
                return false;
            if (kind == 4)
                return field == group;
            var isWhole = kind switch
            {
                0 => TryVarint(ref bytes, out _),
                1 => TrySkip(ref bytes, 8),
                2 => TryVarint(ref bytes, out var length) && TrySkip(ref bytes, length),
                3 => depth < MaximumDepth && TrySkipFields(ref bytes, field, depth + 1),
                5 => TrySkip(ref bytes, 4),
                _ => false,
            };
            if (!isWhole)
                return false;
        }
        return group == 0;
    }

    private static bool TryVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (var i = 0; i < Math.Min(10, bytes.Length); i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }
        return false;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> bytes, ulong count)
    {
        if (count > (ulong)bytes.Length)
            return false;
        bytes = bytes[(int)count..];
        return true;
    }
}
