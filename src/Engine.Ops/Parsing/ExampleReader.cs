namespace Engine.Ops.Parsing;

/// <summary>
/// Reads <c>tf.Example</c> messages as TensorFlow's fast parser does, which differs from protobuf's rules: a feature's first kind counts, and of its list the
/// first packed chunk.
/// </summary>
internal static class ExampleReader
{
    /// <summary>The features of an example, in order; false when it is no example.</summary>
    internal static bool TryRead(byte[] example, List<(byte[] Name, WireReader Feature)> features)
    {
        features.Clear();
        var reader = new WireReader(example, 0, example.Length);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryTag(WireReader.Delimited(1)))
            {
                if (!reader.TrySkipField())
                    return false;
                continue;
            }
            if (!reader.TryPart(out var map, clamp: true) || !TryReadMap(map, features))
                return false;
        }
        return true;
    }

    /// <summary>The type of the values in a feature: string, float, int64, or Invalid for none. The tag is passed.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another field.</exception>
    internal static DType ReadType(ref WireReader feature)
    {
        if (feature.IsAtEnd)
            return DType.Invalid;
        if (feature.TryTag(WireReader.Delimited(1)))
            return DType.String;
        if (feature.TryTag(WireReader.Delimited(2)))
            return DType.Float32;
        return feature.TryTag(WireReader.Delimited(3)) ? DType.Int64 : throw EngineException.InvalidArgument("Unsupported datatype.");
    }

    /// <summary>Adds the values of a feature whose type was read.</summary>
    /// <param name="feature">The feature behind its tag.</param>
    /// <param name="values">Where values go.</param>
    /// <param name="isStrict">Whether packed floats must fill their length, as in sequence examples.</param>
    internal static bool TryReadValues(WireReader feature, FeatureValues values, bool isStrict = false)
    {
        if (!feature.TryPart(out var list, clamp: true))
            return false;
        return values.Type switch
        {
            DType.Int64 => TryReadIntegers(list, values.Integers),
            DType.Float32 => TryReadFloats(list, values.Floats, isStrict),
            _ => TryReadStrings(list, values.Strings),
        };
    }

    private static bool TryReadMap(WireReader map, List<(byte[] Name, WireReader Feature)> features)
    {
        while (!map.IsAtEnd)
        {
            if (!map.TryTag(WireReader.Delimited(1)) || !map.TryPart(out var entry, clamp: true))
                return false;
            // Key and value, in either order, and nothing else.
            var isValueFirst = entry.Peek == WireReader.Delimited(2);
            if (!entry.TryTag(WireReader.Delimited(isValueFirst ? 2 : 1)) || !entry.TryPart(out var first)
                || !entry.TryTag(WireReader.Delimited(isValueFirst ? 1 : 2)) || !entry.TryPart(out var second) || !entry.IsAtEnd)
                return false;
            features.Add(isValueFirst ? (second.Span.ToArray(), first) : (first.Span.ToArray(), second));
        }
        return true;
    }

    private static bool TryReadStrings(WireReader list, List<byte[]> values)
    {
        while (!list.IsAtEnd)
        {
            if (!list.TryTag(WireReader.Delimited(1)) || !list.TryPart(out var value))
                return false;
            values.Add(value.Span.ToArray());
        }
        return true;
    }

    private static bool TryReadFloats(WireReader list, List<float> values, bool isStrict)
    {
        const byte Fixed32 = 1 << 3 | 5;
        if (list.IsAtEnd)
            return true;
        if (list.TryTag(WireReader.Delimited(1)))
        {
            // The length must be there in full: it is copied as it is.
            if (!list.TryPart(out var packed))
                return false;
            while (packed.TryFloat(out var value))
                values.Add(value);
            return !isStrict || packed.IsAtEnd;
        }
        if (list.Peek != Fixed32)
            return false;
        for (var n = list.Remaining / 5; n > 0; n--)
        {
            if (!list.TryTag(Fixed32) || !list.TryFloat(out var value))
                return false;
            values.Add(value);
        }
        return true;
    }

    private static bool TryReadIntegers(WireReader list, List<long> values)
    {
        const byte Varint = 1 << 3;
        if (list.IsAtEnd)
            return true;
        if (list.TryTag(WireReader.Delimited(1)))
        {
            if (!list.TryPart(out var packed, clamp: true))
                return false;
            while (!packed.IsAtEnd)
            {
                if (!packed.TryVarint(out var value))
                    return false;
                values.Add((long)value);
            }
            return true;
        }
        if (list.Peek != Varint)
            return false;
        while (!list.IsAtEnd)
        {
            if (!list.TryTag(Varint) || !list.TryVarint(out var value))
                return false;
            values.Add((long)value);
        }
        return true;
    }
}
